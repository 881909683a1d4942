using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Fakes;

/// <summary>Records that another process shares, which finds the token's owner asleep and exchanges the token itself.</summary>
internal sealed class TakenOverRecords(RefreshResult result, RefreshRecordLife lives, TimeProvider clock) : IRefreshRecords
{
    private readonly InProcessRefreshRecords _records = new(lives, clock);
    private int _claims;

    public async ValueTask<RefreshClaim> ClaimAsync(RefreshGrant grant, string owner, CancellationToken cancellationToken)
    {
        if (_claims++ is 1)
        {
            await _records.PublishAsync(grant, "another process", result, cancellationToken);
        }

        return await _records.ClaimAsync(grant, owner, cancellationToken);
    }

    public ValueTask<RefreshResult> PublishAsync(RefreshGrant grant, string owner, RefreshResult result, CancellationToken cancellationToken) => _records.PublishAsync(grant, owner, result, cancellationToken);

    public ValueTask ReleaseAsync(RefreshGrant grant, string owner, CancellationToken cancellationToken) => _records.ReleaseAsync(grant, owner, cancellationToken);

    public void Acknowledge(RefreshToken successor) => _records.Acknowledge(successor);
}
