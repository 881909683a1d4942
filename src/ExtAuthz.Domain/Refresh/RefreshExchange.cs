using System.Collections.Immutable;

namespace ExtAuthz.Domain.Refresh;

/// <summary>
/// One exchange of one refresh token, from the first call to the last answer. A call that stays silent is not cancelled,
/// for it may have rotated the token already: the same token is sent again beside it, and the first success wins.
/// WorkOS answers a token that it has just rotated with the same pair for about 30 seconds, so every call is sent within that.
/// A provider without such a window takes a second use for theft: it is asked once, and again only if no connection came about.
/// </summary>
/// <param name="provider">Whom to ask.</param>
/// <param name="clock">The time.</param>
/// <param name="replayWindow">How long a rotated token is answered with the same pair; zero for never.</param>
public sealed class RefreshExchange(IIdentityProvider provider, TimeProvider clock, TimeSpan replayWindow)
{
    private static readonly ImmutableArray<TimeSpan> SendAfter =
        [TimeSpan.Zero, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(22)];

    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(26);
    private static readonly TimeSpan GiveUpOnlyCallAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ResendAfterFault = TimeSpan.FromMilliseconds(500);
    private static readonly RefreshOutcome Silence = new RefreshOutcome.Transient("timeout", null);

    private readonly TimeSpan _lastSend = replayWindow - Margin;
    private readonly TimeSpan _giveUpAfter = replayWindow == TimeSpan.Zero ? GiveUpOnlyCallAfter : GiveUpAfter;

    /// <summary>Runs the exchange to its end, at most 26 seconds, or 30 where there is only one call; only the end of the process cancels it.</summary>
    /// <param name="grant">The refresh.</param>
    /// <param name="sinceFirstSend">
    /// How long ago another process, which may have died since, began the same; null when none did. Past the replay window all begins anew:
    /// if the token was rotated its successor is lost anyway, and if it was not, as in a long outage, this is the first call that counts.
    /// </param>
    /// <param name="askAgain">Claims the token again, before it is sent again: this process may have stood still while another took over.</param>
    /// <param name="shutdown">The end of the process.</param>
    public async Task<RefreshOutcome> RunAsync(RefreshGrant grant, TimeSpan? sinceFirstSend, Func<ValueTask<RefreshClaim>> askAgain, CancellationToken shutdown)
    {
        var (started, before) = (clock.GetTimestamp(), sinceFirstSend <= _lastSend ? sinceFirstSend.Value : TimeSpan.Zero);
        var open = new List<Task<RefreshOutcome>>();
        var last = Silence;
        var nextSend = before;
        var (isSent, mayResend) = (false, true);

        while (true)
        {
            var elapsed = before + clock.GetElapsedTime(started);
            if (elapsed >= _giveUpAfter)
            {
                return open.Count == 0 ? last : Silence;
            }

            if (elapsed >= nextSend)
            {
                open.Add(isSent ? SendAgainAsync(grant, askAgain, shutdown) : provider.RefreshAsync(grant, shutdown));
                isSent = true;
                nextSend = SendAfter.FirstOrDefault(time => time > elapsed && time <= _lastSend, _giveUpAfter);
            }

            var answered = await NextAnswerAsync(open, nextSend - before - clock.GetElapsedTime(started), shutdown);
            if (answered < 0)
            {
                continue;
            }

            last = await open[answered];
            open.RemoveAt(answered);
            switch (last)
            {
                case RefreshOutcome.Refreshed or RefreshOutcome.Superseded:
                    return last;
                case RefreshOutcome.Transient { RetryAfter: null } when open.Count > 0:
                    break;
                case RefreshOutcome.Transient { RetryAfter: null } fault when mayResend && (!fault.MayHaveArrived || before + clock.GetElapsedTime(started) <= _lastSend):
                    mayResend = false;
                    nextSend = before + clock.GetElapsedTime(started) + ResendAfterFault;
                    break;
                case var _ when open.Count == 0:
                    return last;
                default:
                    // A call is still open and may yet bring the tokens: wait for it, but send nothing more.
                    nextSend = _giveUpAfter;
                    break;
            }
        }
    }

    private async Task<RefreshOutcome> SendAgainAsync(RefreshGrant grant, Func<ValueTask<RefreshClaim>> askAgain, CancellationToken shutdown) => await askAgain() switch
    {
        RefreshClaim.Granted => await provider.RefreshAsync(grant, shutdown),
        RefreshClaim.Unreachable => new RefreshOutcome.Transient("records of refreshes unreachable", RetryAfter: null),
        _ => new RefreshOutcome.Superseded(),
    };

    /// <summary>The index of the next call to answer, or -1 when <paramref name="wait"/> is over first.</summary>
    private async Task<int> NextAnswerAsync(List<Task<RefreshOutcome>> open, TimeSpan wait, CancellationToken shutdown)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(shutdown);
        var timer = Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, clock, stop.Token);
        var first = await Task.WhenAny([.. open, timer]);
        await stop.CancelAsync();
        await timer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        shutdown.ThrowIfCancellationRequested();
        return open.FindIndex(call => ReferenceEquals(call, first));
    }
}
