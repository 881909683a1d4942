using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Domain.Refresh;

/// <summary>How one call to the provider's token endpoint ended. Transient is not terminal.</summary>
public abstract record RefreshOutcome
{
    private RefreshOutcome() { }

    /// <summary>Where the provider would have the browser go instead; null when it did not say.</summary>
    public ProviderRedirect? Redirect { get; init; }

    /// <summary>New tokens.</summary>
    public sealed record Refreshed(Session Session) : RefreshOutcome;

    /// <summary>The provider ended the session: <c>invalid_grant</c>, <c>sso_required</c> or <c>mfa_enrollment</c>, nothing else.</summary>
    public sealed record Ended(string Error) : RefreshOutcome;

    /// <summary>408, 429, 5xx, a network fault or an unreadable answer: the same token may be sent again.</summary>
    /// <param name="Cause">A short cause without secrets, for logs and metrics.</param>
    /// <param name="RetryAfter">The provider's wish (RFC 9110 section 10.2.3), if it told one.</param>
    public sealed record Transient(string Cause, TimeSpan? RetryAfter) : RefreshOutcome
    {
        /// <summary>Whether the provider may have received the token; false only when no connection to it came about.</summary>
        public bool MayHaveArrived { get; init; } = true;
    }

    /// <summary>Nothing was sent again, for somebody else has the token meanwhile: what came of it is in the records, or will be.</summary>
    public sealed record Superseded : RefreshOutcome;

    /// <summary>The provider refuses us, not the user: a wrong API key or client id. An alarm for the operator.</summary>
    /// <param name="Cause">A short cause without secrets, for logs and metrics.</param>
    public sealed record Misconfigured(string Cause) : RefreshOutcome
    {
        /// <summary>The organisation asked for may be what is refused, rather than this service.</summary>
        public bool MayBeOrganization { get; init; }
    }
}
