using System.Collections.Immutable;
using ExtAuthz.Domain.Refresh;

namespace ExtAuthz.Domain.Sessions;

/// <summary>Whether the request has a session, once everything has been tried.</summary>
public abstract record SessionState
{
    private SessionState() { }

    /// <summary>What happened on the way.</summary>
    public ImmutableArray<SessionEvent> Events { get; init; } = [];

    /// <summary>A verified session.</summary>
    /// <param name="Session">The session to use.</param>
    /// <param name="IsRenewed">Whether the browser must be given its new cookie.</param>
    public sealed record SignedIn(VerifiedSession Session, bool IsRenewed) : SessionState;

    /// <summary>No session.</summary>
    /// <param name="Cookie">What is to become of the session cookie.</param>
    public sealed record SignedOut(CookieFate Cookie) : SessionState
    {
        /// <summary>The code with which the provider refused another organisation; null when there is no session.</summary>
        public string? OrganizationError { get; init; }

        /// <summary>Where the provider would have the browser go for that organisation; null when it did not say.</summary>
        public ProviderRedirect? Redirect { get; init; }
    }

    /// <summary>We can not know now; the cookie stays as it is.</summary>
    /// <param name="Reason">What is missing.</param>
    /// <param name="RetryAfter">When to ask again.</param>
    public sealed record Undecided(DecisionReason Reason, TimeSpan RetryAfter) : SessionState;
}
