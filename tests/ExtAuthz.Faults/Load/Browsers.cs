using System.Diagnostics;
using Envoy.Service.Auth.V3;
using ExtAuthz.Faults.Site;
using ExtAuthz.Server.Tests.Hosting;

namespace ExtAuthz.Faults.Load;

/// <summary>Browsers behind Envoy: a replica by chance, another one when it does not answer, and again later after 503.</summary>
/// <param name="replicas">The replicas that the balancer knows; it may change.</param>
/// <param name="chance">The chance.</param>
internal sealed class Browsers(IReadOnlyList<Replica> replicas, Chance chance)
{
    private static readonly TimeSpan EnvoyTimeout = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan NextReplica = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a user tries again.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Many requests at once, with one cookie.</summary>
    public async Task<IReadOnlyList<Visit>> VisitAsync(string cookie, int requests) => await Task.WhenAll(Enumerable.Range(0, requests).Select(_ => VisitAsync(cookie)));

    /// <summary>One request; <paramref name="first"/> is the replica that gets it first, one by chance unless told.</summary>
    public async Task<Visit> VisitAsync(string cookie, Replica? first = null)
    {
        var (started, busy, busyFor) = (Stopwatch.GetTimestamp(), 0, TimeSpan.Zero);
        for (var replica = first ?? Choose(); ; replica = Choose())
        {
            var answer = await replica.CheckAsync(chance.Next(2) is 0 ? CheckRequests.Document("/protected", cookie) : CheckRequests.Get("/protected", cookie), EnvoyTimeout);
            var took = Stopwatch.GetElapsedTime(started);
            if (answer is not null && !IsBusy(answer))
            {
                return new Visit(
                    answer.IsAllowed() ? VisitKind.Allowed : VisitKind.SignedOut,
                    answer.IsAllowed() ? answer.Upstream("x-auth-user-id") : null,
                    answer.SetCookies().SingleOrDefault(header => header.StartsWith("wos-session=", StringComparison.Ordinal)),
                    took,
                    busy,
                    busyFor,
                    replica);
            }

            if (took > Patience)
            {
                return new Visit(VisitKind.GivenUp, UserId: null, SetCookie: null, took, busy, busyFor, By: null);
            }

            (busy, busyFor) = answer is null ? (busy, busyFor) : (busy + 1, took);
            await Task.Delay(answer is null ? NextReplica : TimeSpan.FromSeconds(int.Parse(answer.Browser("retry-after")!)), TimeProvider.System); // 503 always says when
        }
    }

    private static bool IsBusy(CheckResponse answer)
    {
        if (answer.IsAllowed() || (int)answer.DeniedResponse.Status.Code is not 503)
        {
            return false;
        }

        answer.SetCookies().ShouldBeEmpty("503 leaves the cookie alone");
        return true;
    }

    private Replica Choose()
    {
        lock (replicas)
        {
            return replicas[chance.Next(replicas.Count)];
        }
    }
}
