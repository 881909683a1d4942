using System.Collections.Immutable;

namespace ExtAuthz.Domain.Sessions;

/// <summary>A sealed session, cut down where it was too large.</summary>
/// <param name="Sealed">The seal.</param>
/// <param name="Session">What it holds.</param>
public sealed record SealedSessionFit(SealedSession Sealed, Session Session)
{
    /// <summary>Whether it is too large all the same: no browser would keep its cookies.</summary>
    public bool IsTooLarge { get; init; }

    /// <summary>What there is to tell of its size; usually nothing.</summary>
    public ImmutableArray<SessionEvent> Events { get; init; } = [];
}
