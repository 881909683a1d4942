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
        revocation.IsRevoked("session_1").ShouldBeTrue();
        revocation.IsRevoked("session_2").ShouldBeFalse();

        _clock.Advance(TimeSpan.FromSeconds(1));
        revocation.IsRevoked("session_1").ShouldBeFalse();
    }

    [Fact]
    public async Task Past_its_bound_the_one_that_ended_first_is_forgotten()
    {
        var revocation = new InProcessSessionRevocation(_clock, capacity: 2);
        foreach (var session in new[] { "session_1", "session_2", "session_2", "session_3" })
        {
            await RevokeAsync(revocation, session);
        }

        revocation.IsRevoked("session_1").ShouldBeFalse();
        revocation.IsRevoked("session_2").ShouldBeTrue();
        revocation.IsRevoked("session_3").ShouldBeTrue();
    }

    [Fact]
    public async Task A_session_that_ends_again_after_it_was_forgotten_is_remembered_anew()
    {
        var revocation = new InProcessSessionRevocation(_clock, capacity: 2);
        await RevokeAsync(revocation, "session_1");
        _clock.Advance(InProcessSessionRevocation.Memory);

        await RevokeAsync(revocation, "session_1");
        await RevokeAsync(revocation, "session_2");

        revocation.IsRevoked("session_1").ShouldBeTrue();
    }

    private static ValueTask RevokeAsync(InProcessSessionRevocation revocation, string session) =>
        revocation.RevokeAsync(session, TestContext.Current.CancellationToken);
}
