using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Tests.Fakes;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Refresh;

public sealed class RefreshExchangeTests
{
    private static readonly RefreshGrant Grant = new(new RefreshToken("refresh_1"), "org_1");
    private static readonly RefreshOutcome Ended = new RefreshOutcome.Ended("invalid_grant");
    private static readonly RefreshOutcome Fault = new RefreshOutcome.Transient("503", null);

    private readonly World _world = new();

    private RefreshOutcome Renewed => field ??= new RefreshOutcome.Refreshed(_world.NewSession());

    [Fact]
    public async Task One_quick_answer_needs_one_call()
    {
        var run = Run();
        var call = await _world.Provider.NextCallAsync();
        call.Answer.SetResult(Renewed);

        (await run).ShouldBe(Renewed);
        call.Grant.ShouldBe(Grant);
        _world.Provider.Refreshes.ShouldBe(1);
    }

    [Fact]
    public async Task A_silent_provider_is_asked_again_at_3_8_15_and_22_seconds_and_given_up_at_26()
    {
        var run = Run();
        var calls = new List<RefreshCall> { await _world.Provider.NextCallAsync() };
        foreach (var wait in new[] { 3, 5, 7, 7 })
        {
            await PassAsync(wait);
            calls.Add(await _world.Provider.NextCallAsync());
        }

        await PassAsync(4);

        (await run).ShouldBe(new RefreshOutcome.Transient("timeout", null));
        calls.ShouldAllBe(call => call.Grant == Grant && !call.CancellationToken.IsCancellationRequested);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_first_success_wins_whichever_call_brings_it(int winner)
    {
        var run = Run();
        var calls = new List<RefreshCall> { await _world.Provider.NextCallAsync() };
        foreach (var wait in new[] { 3, 5 })
        {
            await PassAsync(wait);
            calls.Add(await _world.Provider.NextCallAsync());
        }

        calls[winner].Answer.SetResult(Renewed);

        (await run).ShouldBe(Renewed);
    }

    [Fact]
    public async Task A_refusal_alone_is_final()
    {
        var run = Run();
        (await _world.Provider.NextCallAsync()).Answer.SetResult(Ended);

        (await run).ShouldBe(Ended);
        _world.Provider.Refreshes.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_beside_an_open_call_waits_for_it_and_a_success_wins()
    {
        var (run, first, second) = await TwoCallsAsync();
        second.Answer.SetResult(Ended);
        await _world.Clock.TimerSetAsync(TimeSpan.FromSeconds(23));
        _world.Clock.Advance(TimeSpan.FromSeconds(12));
        run.IsCompleted.ShouldBeFalse();

        first.Answer.SetResult(Renewed);

        (await run).ShouldBe(Renewed);
        _world.Provider.Refreshes.ShouldBe(2, "nothing more is sent once a call was refused");
    }

    [Fact]
    public async Task A_refusal_beside_a_call_that_is_refused_too_is_final()
    {
        var (run, first, second) = await TwoCallsAsync();
        second.Answer.SetResult(Ended);
        first.Answer.SetResult(Ended);

        (await run).ShouldBe(Ended);
    }

    [Fact]
    public async Task A_refusal_beside_a_call_that_stays_silent_ends_nothing()
    {
        var (run, _, second) = await TwoCallsAsync();
        second.Answer.SetResult(Ended);

        await PassAsync(23);

        (await run).ShouldBe(new RefreshOutcome.Transient("timeout", null));
    }

    [Fact]
    public async Task A_fault_beside_a_silent_call_does_not_stop_the_further_calls()
    {
        var (run, _, second) = await TwoCallsAsync();
        second.Answer.SetResult(Fault);

        await PassAsync(5);
        (await _world.Provider.NextCallAsync()).Answer.SetResult(Renewed);

        (await run).ShouldBe(Renewed);
    }

    [Fact]
    public async Task A_fault_is_answered_by_the_same_token_once_more_after_half_a_second()
    {
        var run = Run();
        (await _world.Provider.NextCallAsync()).Answer.SetResult(Fault);
        await _world.Clock.TimerSetAsync(TimeSpan.FromMilliseconds(500));
        _world.Clock.Advance(TimeSpan.FromMilliseconds(499));
        _world.Provider.Refreshes.ShouldBe(1);

        _world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var again = await _world.Provider.NextCallAsync();
        again.Grant.ShouldBe(Grant);
        again.Answer.SetResult(Fault);

        (await run).ShouldBe(Fault);
        _world.Provider.Refreshes.ShouldBe(2);
    }

    [Fact]
    public async Task A_fault_then_a_success_is_a_success()
    {
        var run = Run();
        (await _world.Provider.NextCallAsync()).Answer.SetResult(Fault);
        await PassAsync(0.5);
        (await _world.Provider.NextCallAsync()).Answer.SetResult(Renewed);

        (await run).ShouldBe(Renewed);
    }

    [Fact]
    public async Task A_provider_that_asks_for_patience_is_not_called_again()
    {
        var limited = new RefreshOutcome.Transient("429", TimeSpan.FromSeconds(5));
        var run = Run();
        (await _world.Provider.NextCallAsync()).Answer.SetResult(limited);

        (await run).ShouldBe(limited);
        _world.Provider.Refreshes.ShouldBe(1);
    }

    [Fact]
    public async Task A_fault_of_our_own_is_reported_at_once()
    {
        var fault = new RefreshOutcome.Misconfigured("401");
        var run = Run();
        (await _world.Provider.NextCallAsync()).Answer.SetResult(fault);

        (await run).ShouldBe(fault);
    }

    [Fact]
    public async Task The_end_of_the_process_ends_the_exchange()
    {
        using var shutdown = new CancellationTokenSource();
        var run = new RefreshExchange(_world.Provider, _world.Clock, World.ReplayWindow).RunAsync(Grant, null, StillOurs, shutdown.Token);
        var call = await _world.Provider.NextCallAsync();

        await shutdown.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(run);
        call.CancellationToken.ShouldBe(shutdown.Token);
    }

    [Fact]
    public async Task A_provider_without_a_replay_window_is_asked_once_and_given_30_seconds()
    {
        var run = RunStrict();
        await _world.Provider.NextCallAsync();
        await PassAsync(30);

        (await run).ShouldBe(new RefreshOutcome.Transient("timeout", null));
        _world.Provider.Refreshes.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_replay_window_a_token_that_may_have_arrived_is_not_sent_again()
    {
        var run = RunStrict();
        (await _world.Provider.NextCallAsync()).Answer.SetResult(Fault);

        (await run).ShouldBe(Fault);
        _world.Provider.Refreshes.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_replay_window_a_token_that_never_left_is_sent_once_more()
    {
        var unsent = new RefreshOutcome.Transient("network", null) { MayHaveArrived = false };
        var run = RunStrict();
        (await _world.Provider.NextCallAsync()).Answer.SetResult(unsent);
        await PassAsync(0.5);
        (await _world.Provider.NextCallAsync()).Answer.SetResult(Renewed);

        (await run).ShouldBe(Renewed);
    }

    [Fact]
    public async Task A_short_replay_window_is_not_overrun()
    {
        var run = new RefreshExchange(_world.Provider, _world.Clock, TimeSpan.FromSeconds(10)).RunAsync(Grant, null, StillOurs, CancellationToken.None);
        await _world.Provider.NextCallAsync();
        await PassAsync(3);
        await _world.Provider.NextCallAsync();
        await PassAsync(23);

        (await run).ShouldBe(new RefreshOutcome.Transient("timeout", null));
        _world.Provider.Refreshes.ShouldBe(2);
    }

    [Theory]
    [InlineData(5, 4)]
    [InlineData(27, 5)]
    public async Task What_another_process_began_goes_on_within_the_window_and_begins_anew_after_it(int since, int calls)
    {
        var run = new RefreshExchange(_world.Provider, _world.Clock, World.ReplayWindow).RunAsync(Grant, TimeSpan.FromSeconds(since), StillOurs, CancellationToken.None);
        await _world.Provider.NextCallAsync();
        foreach (var wait in since is 5 ? new[] { 3, 7, 7 } : [3, 5, 7, 7])
        {
            await PassAsync(wait);
            await _world.Provider.NextCallAsync();
        }

        await PassAsync(4);

        (await run).ShouldBe(new RefreshOutcome.Transient("timeout", null));
        _world.Provider.Refreshes.ShouldBe(calls);
    }

    [Fact]
    public async Task A_token_that_somebody_else_has_meanwhile_is_not_sent_again()
    {
        var run = Run(new RefreshClaim.Held(Task.CompletedTask));
        await _world.Provider.NextCallAsync();
        await PassAsync(3);

        (await run).ShouldBe(new RefreshOutcome.Superseded());
        _world.Provider.Refreshes.ShouldBe(1);
    }

    [Fact]
    public async Task Nor_when_nobody_can_say_but_the_call_under_way_still_counts()
    {
        var run = Run(new RefreshClaim.Unreachable());
        var call = await _world.Provider.NextCallAsync();
        await PassAsync(3);
        await _world.Clock.TimerSetAsync(TimeSpan.FromSeconds(5));
        call.Answer.SetResult(Renewed);

        (await run).ShouldBe(Renewed);
        _world.Provider.Refreshes.ShouldBe(1);
    }

    private static ValueTask<RefreshClaim> StillOurs() => ValueTask.FromResult<RefreshClaim>(new RefreshClaim.Granted(TimeSpan.Zero));

    private Task<RefreshOutcome> Run(RefreshClaim claim) => new RefreshExchange(_world.Provider, _world.Clock, World.ReplayWindow).RunAsync(Grant, null, () => ValueTask.FromResult(claim), CancellationToken.None);

    private Task<RefreshOutcome> RunStrict() => new RefreshExchange(_world.Provider, _world.Clock, TimeSpan.Zero).RunAsync(Grant, null, StillOurs, CancellationToken.None);

    private Task<RefreshOutcome> Run() => new RefreshExchange(_world.Provider, _world.Clock, World.ReplayWindow).RunAsync(Grant, null, StillOurs, CancellationToken.None);

    private async Task<(Task<RefreshOutcome> Run, RefreshCall First, RefreshCall Second)> TwoCallsAsync()
    {
        var run = Run();
        var first = await _world.Provider.NextCallAsync();
        await PassAsync(3);
        return (run, first, await _world.Provider.NextCallAsync());
    }

    /// <summary>Lets this time pass once the exchange waits for it.</summary>
    private async Task PassAsync(double seconds)
    {
        await _world.Clock.TimerSetAsync(TimeSpan.FromSeconds(seconds));
        _world.Clock.Advance(TimeSpan.FromSeconds(seconds));
    }
}
