using ExtAuthz.Domain.Refresh;

namespace ExtAuthz.Domain.Tests.Fakes;

/// <summary>A refresh call that waits for its answer.</summary>
internal sealed class RefreshCall(RefreshGrant grant, CancellationToken cancellationToken)
{
    public RefreshGrant Grant => grant;

    public CancellationToken CancellationToken => cancellationToken;

    public TaskCompletionSource<RefreshOutcome> Answer { get; } = new();
}
