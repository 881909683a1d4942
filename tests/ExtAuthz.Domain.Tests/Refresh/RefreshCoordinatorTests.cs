using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tests.Fakes;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Refresh;

public sealed class RefreshCoordinatorTests
{
    private static readonly RefreshGrant Grant = new(new RefreshToken("refresh_1"), "org_1");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly World _world = new();

    private RefreshCoordinator Coordinator => (RefreshCoordinator)_world.Coordinator;

    [Theory]
    [InlineData(50)]
    [InlineData(1000)]
    public async Task Requests_at_once_share_one_exchange_and_one_seal(int count)
    {
        using var start = new Barrier(4);
        var waiting = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            start.SignalAndWait();
            return await Task.WhenAll(Enumerable.Range(0, count / 4 + 1).Select(_ => RefreshAsync(Grant)));
        })).ToArray();

        (await _world.Provider.NextCallAsync()).Answer.SetResult(Renewal());

        var results = (await Task.WhenAll(waiting).WaitAsync(Fakes.Patience.OfTests, TestContext.Current.CancellationToken)).SelectMany(result => result).ToList();
        results.Count.ShouldBeGreaterThanOrEqualTo(count);
        results.Distinct().ShouldHaveSingleItem().ShouldBeOfType<RefreshResult.Renewed>();
        _world.Provider.Refreshes.ShouldBe(1);
    }

    [Fact]
    public async Task A_thousand_sessions_are_a_thousand_exchanges_and_each_gets_its_own()
    {
        var sessions = Enumerable.Range(0, 1000).ToDictionary(i => new RefreshGrant(new RefreshToken($"refresh_{i}"), null), i => _world.NewSession($"user_{i}", $"session_{i}"));
        _world.Provider.AnswerRefresh = grant => new RefreshOutcome.Refreshed(sessions[grant]);

        await Parallel.ForEachAsync(Enumerable.Range(0, 5000), TestContext.Current.CancellationToken, async (i, _) =>
        {
            var (grant, session) = sessions.ElementAt(i % 1000);
            (await RefreshAsync(grant)).ShouldBeOfType<RefreshResult.Renewed>().Session.ShouldBeSameAs(session);
        });

        _world.Provider.Refreshes.ShouldBe(1000);
    }

    [Theory]
    [InlineData(15, 899, 1)]
    [InlineData(15, 900, 2)]
    [InlineData(1440, 86399, 1)]
    [InlineData(1, 60, 2)]
    public async Task Latecomers_get_the_result_for_a_quarter_of_an_hour_or_as_long_as_is_configured(int minutes, double seconds, int calls)
    {
        var world = new World { RecordLife = new RefreshRecordLife(TimeSpan.FromMinutes(minutes)) };
        world.Provider.AnswerRefresh = _ => new RefreshOutcome.Refreshed(world.NewSession());
        var first = await world.Coordinator.RefreshAsync(Grant, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        world.Clock.Advance(TimeSpan.FromSeconds(seconds));

        (await world.Coordinator.RefreshAsync(Grant, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken) == first).ShouldBe(calls == 1);
        world.Provider.Refreshes.ShouldBe(calls);
    }

    [Fact]
    public async Task A_token_that_was_not_rotated_soon_buys_another()
    {
        _world.Provider.AnswerRefresh = grant => new RefreshOutcome.Refreshed(_world.NewSession() with { RefreshToken = grant.RefreshToken });
        await RefreshAsync(Grant);
        await RefreshAsync(Grant);
        _world.Provider.Refreshes.ShouldBe(1);

        _world.Clock.Advance(TimeSpan.FromSeconds(5));
        await RefreshAsync(Grant);
        _world.Provider.Refreshes.ShouldBe(2);
    }

    [Fact]
    public async Task An_end_is_known_for_a_minute_without_another_call()
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Ended("invalid_grant");
        await RefreshAsync(Grant);
        _world.Clock.Advance(TimeSpan.FromSeconds(59));

        (await RefreshAsync(Grant)).ShouldBe(new RefreshResult.Ended("invalid_grant"));
        _world.Provider.Refreshes.ShouldBe(1);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(600, 10)]
    public async Task A_limited_provider_is_left_alone_as_long_as_it_asks_but_at_most_ten_seconds(int asked, int kept)
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Transient("429", TimeSpan.FromSeconds(asked));
        (await RefreshAsync(Grant)).ShouldBe(new RefreshResult.Unavailable("429", TimeSpan.FromSeconds(kept)));

        _world.Clock.Advance(TimeSpan.FromSeconds(kept) - TimeSpan.FromTicks(1));
        await RefreshAsync(Grant);
        _world.Provider.Refreshes.ShouldBe(1);

        _world.Clock.Advance(TimeSpan.FromTicks(1));
        await RefreshAsync(Grant);
        _world.Provider.Refreshes.ShouldBe(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task A_provider_that_asks_for_no_pause_is_called_by_the_next_request(int asked)
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Transient("429", TimeSpan.FromSeconds(asked));

        await RefreshAsync(Grant);
        await RefreshAsync(Grant);

        _world.Provider.Refreshes.ShouldBe(2);
    }

    [Fact]
    public async Task A_fault_of_our_own_is_the_operators_and_not_repeated_for_ten_seconds()
    {
        _world.Provider.AnswerRefresh = _ => new RefreshOutcome.Misconfigured("401");

        (await RefreshAsync(Grant)).ShouldBe(new RefreshResult.Unavailable("401", TimeSpan.FromSeconds(10)) { IsOperatorFault = true });
    }

    [Fact]
    public async Task A_caller_that_goes_away_does_not_stop_the_exchange()
    {
        using var caller = new CancellationTokenSource();
        var abandoned = Coordinator.RefreshAsync(Grant, Patience, caller.Token);
        var call = await _world.Provider.NextCallAsync();

        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(abandoned);
        call.CancellationToken.IsCancellationRequested.ShouldBeFalse();
        var next = RefreshAsync(Grant);
        call.Answer.SetResult(Renewal());
        (await next).ShouldBeOfType<RefreshResult.Renewed>();
        _world.Provider.Refreshes.ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_caller_without_patience_learns_that_the_exchange_runs(int seconds)
    {
        (await Coordinator.RefreshAsync(Grant, TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken))
            .ShouldBe(new RefreshResult.Unavailable("refresh still running", TimeSpan.FromSeconds(1)));

        (await _world.Provider.NextCallAsync()).CancellationToken.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_slept_while_another_process_exchanged_the_token_takes_its_result_and_sends_nothing_more()
    {
        var sealer = new SessionSealer(_world.Codec, _world.Site.Cookie);
        var elsewhere = sealer.Seal(_world.NewSession());
        var theirs = new RefreshResult.Renewed(elsewhere.Sealed, elsewhere.Session, _world.Clock.GetUtcNow()) { OrganizationId = Grant.OrganizationId };
        _world.Coordinator = new RefreshCoordinator(
            new TakenOverRecords(theirs, _world.RecordLife, _world.Clock), new RefreshExchange(_world.Provider, _world.Clock, World.ReplayWindow), sealer, _world.Revocation, _world.Provider, new FixedRandom(), _world.RecordLife, _world.Clock);
        var waiting = RefreshAsync(Grant);
        await _world.Provider.NextCallAsync();

        await PassUntilAsync(waiting);

        (await waiting).ShouldBeSameAs(theirs);
        _world.Provider.Refreshes.ShouldBe(1);
    }

    [Fact]
    public async Task Another_organisation_waits_its_turn_and_goes_on_with_the_successor()
    {
        var first = RefreshAsync(Grant);
        var call = await _world.Provider.NextCallAsync();
        var second = RefreshAsync(Grant with { OrganizationId = "org_2" });
        var renewal = Renewal();

        call.Answer.SetResult(renewal);
        var next = _world.Provider.NextCallAsync();
        await PassUntilAsync(next);

        (await first).ShouldBeOfType<RefreshResult.Renewed>().Session.ShouldBe(renewal.Session);
        (await next).Grant.ShouldBe(new RefreshGrant(renewal.Session.RefreshToken, "org_2"));
        (await next).Answer.SetResult(Renewal());
        (await second).ShouldBeOfType<RefreshResult.Renewed>().OrganizationId.ShouldBe("org_2");
        _world.Provider.Refreshes.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_refused_for_one_organisation_is_asked_anew_for_another()
    {
        _world.Provider.AnswerRefresh = grant => grant.OrganizationId is "org_2" ? new RefreshOutcome.Ended("sso_required") : Renewal();

        (await RefreshAsync(Grant with { OrganizationId = "org_2" })).ShouldBe(new RefreshResult.Ended("sso_required"));

        (await RefreshAsync(Grant)).ShouldBeOfType<RefreshResult.Renewed>();
    }

    [Theory]
    [InlineData(0, 900, true)]
    [InlineData(60, 179, true)]
    [InlineData(60, 180, false)]
    public async Task Once_the_successor_was_seen_the_old_token_is_good_for_two_minutes_more_and_then_spent(int acknowledgedAt, int askedAt, bool isKept)
    {
        _world.Provider.AnswerRefresh = _ => Renewal();
        var renewed = (await RefreshAsync(Grant)).ShouldBeOfType<RefreshResult.Renewed>();
        if (acknowledgedAt > 0)
        {
            _world.Clock.Advance(TimeSpan.FromSeconds(acknowledgedAt));
            Coordinator.Acknowledge(renewed.Session);
        }

        _world.Clock.Advance(TimeSpan.FromSeconds(askedAt - acknowledgedAt - (isKept ? 1 : 0)));

        (await RefreshAsync(Grant)).ShouldBe(isKept ? renewed : new RefreshResult.Ended("rotated_cookie_reuse"));
        _world.Provider.Refreshes.ShouldBe(1, "a spent token is never sent again");
    }

    [Fact]
    public async Task Token_and_organisation_do_not_run_into_each_other()
    {
        _world.Provider.AnswerRefresh = _ => Renewal();

        await RefreshAsync(new RefreshGrant(new RefreshToken("ab"), "c"));
        await RefreshAsync(new RefreshGrant(new RefreshToken("a"), "bc"));

        _world.Provider.Refreshes.ShouldBe(2);
    }

    [Fact]
    public async Task A_provider_that_throws_fails_those_who_wait_and_nobody_after_them()
    {
        _world.Provider.AnswerRefresh = _ => throw new TimeoutException("a bug");
        await Should.ThrowAsync<TimeoutException>(RefreshAsync(Grant));

        _world.Provider.AnswerRefresh = _ => Renewal();

        (await RefreshAsync(Grant)).ShouldBeOfType<RefreshResult.Renewed>();
    }

    [Fact]
    public async Task Disposal_waits_for_open_exchanges_and_then_ends_what_is_left_of_them()
    {
        var waiting = RefreshAsync(Grant);
        var call = await _world.Provider.NextCallAsync();

        var disposal = Coordinator.DisposeAsync().AsTask();

        disposal.IsCompleted.ShouldBeFalse();
        call.CancellationToken.IsCancellationRequested.ShouldBeFalse();
        call.Answer.SetResult(Renewal());
        (await waiting).ShouldBeOfType<RefreshResult.Renewed>();
        await disposal.WaitAsync(Fakes.Patience.OfTests, TestContext.Current.CancellationToken);
        call.CancellationToken.IsCancellationRequested.ShouldBeTrue();
    }

    // Who waits for a turn asks again and again; only time that passes lets it.
    private async Task PassUntilAsync(Task happens)
    {
        while (!happens.IsCompleted)
        {
            _world.Clock.Advance(TimeSpan.FromMilliseconds(200));
            await Task.WhenAny(happens, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken));
        }
    }

    private RefreshOutcome.Refreshed Renewal() => new(_world.NewSession());

    private Task<RefreshResult> RefreshAsync(RefreshGrant grant) => Coordinator.RefreshAsync(grant, Patience, TestContext.Current.CancellationToken);
}
