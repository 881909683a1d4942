using System.Collections.Immutable;

namespace ExtAuthz.Domain.SignIn;

/// <summary>How a request to sign out ended.</summary>
public abstract record SignOutOutcome
{
    private SignOutOutcome(string location) => Location = location;

    /// <summary>Where a sign-out leads: to the provider, or back to our site when there is nothing to end there. Absolute.</summary>
    public string Location { get; }

    /// <summary>A placeholder; the location may hold a query.</summary>
    public sealed override string ToString() => "[sign-out]";

    /// <summary>The session, if there was one, is over.</summary>
    public sealed record SignedOut : SignOutOutcome
    {
        /// <summary>Leads on to the location.</summary>
        /// <param name="sessionId">The provider's session id; null when none was found.</param>
        /// <param name="location">Where to go.</param>
        public SignedOut(string? sessionId, string location)
            : base(location) => SessionId = sessionId;

        /// <summary>The session that ended; null when none was found.</summary>
        public string? SessionId { get; }

        /// <summary>What there is to tell besides; usually nothing.</summary>
        public ImmutableArray<SessionEvent> Events { get; init; } = [];
    }

    /// <summary>Another site may have caused the request, so the user is asked first.</summary>
    public sealed record Unconfirmed : SignOutOutcome
    {
        /// <summary>Asks the user.</summary>
        /// <param name="location">Where a sign-out would lead.</param>
        public Unconfirmed(string location)
            : base(location)
        {
        }
    }
}
