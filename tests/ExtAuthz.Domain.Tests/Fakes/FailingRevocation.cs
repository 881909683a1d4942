using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Domain.Tests.Fakes;

/// <summary>A revocation that is given up before it is done, until told otherwise.</summary>
internal sealed class FailingRevocation : ISessionRevocation
{
    public bool Fails { get; set; } = true;

    public int Ended { get; private set; }

    public bool IsRevoked(in SessionIdentity session) => false;

    public ValueTask<bool> IsRevokedAsync(SessionIdentity session, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    public ValueTask RevokeAsync(string sessionId, CancellationToken cancellationToken) => End();

    public ValueTask BeginAsync(SessionIdentity session, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask RevokeUserAsync(string userId, DateTimeOffset issuedBy, CancellationToken cancellationToken) => End();

    private ValueTask End()
    {
        if (Fails)
        {
            throw new OperationCanceledException();
        }

        Ended++;
        return ValueTask.CompletedTask;
    }
}
