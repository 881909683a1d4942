using System.Collections.Immutable;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Sessions;

/// <summary>What step 3 finds out about the session of a request.</summary>
public abstract record ValidatedSession
{
    private ValidatedSession() { }

    /// <summary>There is none that counts.</summary>
    /// <param name="Cookie">What is to become of the cookie that was sent, if one was.</param>
    /// <param name="Event">Why.</param>
    public sealed record None(CookieFate Cookie, SessionEvent Event) : ValidatedSession;

    /// <summary>The access token holds and will for a while.</summary>
    public sealed record Fresh(VerifiedSession Session) : ValidatedSession
    {
        /// <summary>What happened when it was verified; nothing when that was some requests ago.</summary>
        public ImmutableArray<SessionEvent> Events { get; init; } = [];
    }

    /// <summary>The access token holds but ends soon.</summary>
    public sealed record Ending(VerifiedSession Session) : ValidatedSession;

    /// <summary>The access token may not be used; the refresh token may help.</summary>
    public sealed record Stale(Session Session, TokenVerdict.NotUsable Verdict) : ValidatedSession;

    /// <summary>Nothing can be said: there are no keys to verify with.</summary>
    public sealed record Unverifiable : ValidatedSession;
}
