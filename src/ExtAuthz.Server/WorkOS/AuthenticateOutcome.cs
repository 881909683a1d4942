using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Server.WorkOS;

/// <summary>How a call to <c>/user_management/authenticate</c> ended.</summary>
internal abstract record AuthenticateOutcome
{
    private AuthenticateOutcome() { }

    /// <summary>A session.</summary>
    public sealed record Granted(Session Session) : AuthenticateOutcome;

    /// <summary>The provider understood and will not.</summary>
    /// <param name="Status">The HTTP status, 400 to 499.</param>
    /// <param name="Error">The provider's error code, or <see cref="Unnamed"/>.</param>
    public sealed record Refused(int Status, string Error) : AuthenticateOutcome
    {
        /// <summary>Stands for an answer without an error code.</summary>
        public const string Unnamed = "unnamed";

        /// <summary>Where the provider would have the browser go instead; null when it did not say.</summary>
        public ProviderRedirect? Redirect { get; init; }

        /// <summary>Both, for logs.</summary>
        public string Cause => $"{Status} {Error}";
    }

    /// <summary>No answer that could be used.</summary>
    /// <param name="Cause">A short cause without secrets.</param>
    /// <param name="RetryAfter">The provider's wish, if it told one.</param>
    public sealed record Unavailable(string Cause, TimeSpan? RetryAfter) : AuthenticateOutcome;
}
