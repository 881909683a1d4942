using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tests.Fakes;

namespace ExtAuthz.Domain.Tests.Sessions;

public sealed class InProcessSessionRevocationTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public async Task An_ended_session_is_remembered_for_as_long_as_a_token_may_live()
    {
        var revocation = new InProcessSessionRevocation(_clock, capacity: 10);
        await RevokeAsync(revocation, "session_1");

        _clock.Advance(InProcessSessionRevocation.Memory - TimeSpan.FromSeconds(1));
        IsRevoked(revocation, "session_1").ShouldBeTrue();
        IsRevoked(revocation, "session_2").ShouldBeFalse();

        _clock.Advance(TimeSpan.FromSeconds(1));
        IsRevoked(revocation, "session_1").ShouldBeFalse();
    }

    [Fact]
    public async Task A_new_sign_in_may_have_the_id_of_an_ended_session_and_what_was_before_stays_ended()
    {
        var revocation = new InProcessSessionRevocation(_clock, capacity: 10);
        var old = new SessionIdentity("session_1", "user_1", _clock.GetUtcNow());
        await RevokeAsync(revocation, "session_1");
        var begun = old with { IssuedAt = old.IssuedAt + TimeSpan.FromSeconds(1) };

        await revocation.BeginAsync(begun, TestContext.Current.CancellationToken);

        revocation.IsRevoked(begun).ShouldBeFalse();
        revocation.IsRevoked(begun with { IssuedAt = begun.IssuedAt + TimeSpan.FromMinutes(5) }).ShouldBeFalse("its refreshed tokens");
        revocation.IsRevoked(old).ShouldBeTrue();
        revocation.IsRevoked(old with { IssuedAt = null }).ShouldBeTrue();
        await RevokeAsync(revocation, "session_1");
        revocation.IsRevoked(begun).ShouldBeTrue("it can be ended again");
    }

    [Fact]
    public async Task Past_its_bound_the_one_that_ended_first_is_forgotten()
    {
        var revocation = new InProcessSessionRevocation(_clock, capacity: 2);
        foreach (var session in new[] { "session_1", "session_2", "session_2", "session_3" })
        {
            await RevokeAsync(revocation, session);
        }

        IsRevoked(revocation, "session_1").ShouldBeFalse();
        IsRevoked(revocation, "session_2").ShouldBeTrue();
        IsRevoked(revocation, "session_3").ShouldBeTrue();
    }

    [Fact]
    public async Task A_session_that_ends_again_after_it_was_forgotten_is_remembered_anew()
    {
        var revocation = new InProcessSessionRevocation(_clock, capacity: 2);
        await RevokeAsync(revocation, "session_1");
        _clock.Advance(InProcessSessionRevocation.Memory);

        await RevokeAsync(revocation, "session_1");
        await RevokeAsync(revocation, "session_2");

        IsRevoked(revocation, "session_1").ShouldBeTrue();
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(null, true)]
    public async Task A_user_ends_with_all_sessions_up_to_a_moment_and_signs_in_anew(int? seconds, bool isRevoked)
    {
        var revocation = new InProcessSessionRevocation(_clock, capacity: 10);
        var moment = _clock.GetUtcNow();
        await revocation.RevokeUserAsync("user_1", moment, TestContext.Current.CancellationToken);

        var issuedAt = seconds is { } after ? moment.AddSeconds(after) : (DateTimeOffset?)null;
        revocation.IsRevoked(new("session_1", "user_1", issuedAt)).ShouldBe(isRevoked);
        revocation.IsRevoked(new(null, "user_1", issuedAt)).ShouldBe(isRevoked);
        revocation.IsRevoked(new("session_1", "user_2", issuedAt)).ShouldBeFalse();
        revocation.IsRevoked(new("user_1", null, issuedAt)).ShouldBeFalse("that is a session's id");
    }

    [Fact]
    public async Task Of_two_moments_the_later_counts_for_as_long_as_a_token_of_it_may_live()
    {
        var revocation = new InProcessSessionRevocation(_clock, capacity: 10);
        var first = _clock.GetUtcNow();
        var second = first.AddMinutes(1);
        _clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var moment in new[] { second, first })
        {
            await revocation.RevokeUserAsync("user_1", moment, TestContext.Current.CancellationToken);
        }

        revocation.IsRevoked(new(null, "user_1", second)).ShouldBeTrue();
        _clock.Advance(InProcessSessionRevocation.Memory);
        revocation.IsRevoked(new(null, "user_1", second)).ShouldBeFalse();
    }

    private static bool IsRevoked(InProcessSessionRevocation revocation, string session) => revocation.IsRevoked(new(session, "user_1", null));

    private static ValueTask RevokeAsync(InProcessSessionRevocation revocation, string session) =>
        revocation.RevokeAsync(session, TestContext.Current.CancellationToken);
}
