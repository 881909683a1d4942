using System.Collections.Immutable;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Domain.Refresh;

/// <summary>What a request learns of the refresh it asked for or joined.</summary>
public abstract record RefreshResult
{
    private RefreshResult() { }

    /// <summary>The refresh goes on, and whoever asks soon will have its result.</summary>
    public static Unavailable UnderWay { get; } = new("refresh still running", TimeSpan.FromSeconds(1));

    /// <summary>What there is to tell of it; usually nothing.</summary>
    public ImmutableArray<SessionEvent> Events { get; init; } = [];

    /// <summary>Where the provider would have the browser go instead; null when it did not say.</summary>
    public ProviderRedirect? Redirect { get; init; }

    /// <summary>The session goes on; every request that held the old cookie gets this same seal.</summary>
    /// <param name="Sealed">The new cookie.</param>
    /// <param name="Session">What it holds.</param>
    /// <param name="At">When the exchange ended; a latecomer may learn of it minutes later.</param>
    public sealed record Renewed(SealedSession Sealed, Session Session, DateTimeOffset At) : RefreshResult
    {
        /// <summary>The organisation that was asked for; null when the choice was the provider's.</summary>
        public string? OrganizationId { get; init; }
    }

    /// <summary>The provider ended the session.</summary>
    /// <param name="Error">The provider's code, for logs.</param>
    public sealed record Ended(string Error) : RefreshResult;

    /// <summary>The session was signed out while its refresh was under way; what that brought has been given back.</summary>
    public sealed record SignedOut : RefreshResult;

    /// <summary>Not now: the session is neither renewed nor over.</summary>
    /// <param name="Cause">A short cause without secrets.</param>
    /// <param name="RetryAfter">When to try again.</param>
    public sealed record Unavailable(string Cause, TimeSpan RetryAfter) : RefreshResult
    {
        /// <summary>The provider refuses us, not the user: the operator must act.</summary>
        public bool IsOperatorFault { get; init; }

        /// <summary>The organisation asked for may be what is refused, rather than this service.</summary>
        public bool MayBeOrganization { get; init; }
    }
}
