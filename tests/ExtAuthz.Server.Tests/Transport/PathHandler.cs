using ExtAuthz.Domain;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Server.Transport;

namespace ExtAuthz.Server.Tests.Transport;

/// <summary>Decides by the path: <c>/slow</c> never, <c>/deny</c> with a redirect, all others are allowed and told what was read of them.</summary>
internal sealed class PathHandler : ICheckHandler
{
    private readonly TaskCompletionSource<IncomingRequest> _slowStarted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _slowCancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a slow request is being decided.</summary>
    public Task<IncomingRequest> SlowStarted => _slowStarted.Task.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>Completes when a slow request was told that nobody waits.</summary>
    public Task SlowCancelled => _slowCancelled.Task.WaitAsync(TestContext.Current.CancellationToken);

    public async ValueTask<CheckDecision> CheckAsync(IncomingRequest request, CancellationToken cancellationToken)
    {
        switch (request.Target.Path)
        {
            case "/slow":
                _slowStarted.TrySetResult(request);
                await using (cancellationToken.Register(() => _slowCancelled.TrySetResult()))
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                }

                break;
            case "/deny":
                return new CheckDecision.Denied(
                    DecisionReason.NotSignedIn, 307, [new("location", "https://id.example/"), new("set-cookie", "a=1"), new("set-cookie", "b=2")], "Sign in");
        }

        return new CheckDecision.Allowed(
            DecisionReason.Public,
            UpstreamHeaders.Unchanged
                .With(new HeaderValue("x-path", request.Target.Path), new HeaderValue("x-cookies", string.Join('|', request.Headers.CookieLines)))
                .Without([.. request.Headers.ReservedNames]),
            [new("set-cookie", "c=3", Added: true), new("cache-control", "no-store")]);
    }
}
