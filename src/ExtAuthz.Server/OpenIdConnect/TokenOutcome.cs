namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>How a call to the token endpoint ended.</summary>
internal abstract record TokenOutcome
{
    private TokenOutcome() { }

    /// <summary>Tokens, none of them verified yet.</summary>
    public sealed record Granted(TokenAnswer Answer) : TokenOutcome
    {
        public override string ToString() => "[tokens]";
    }

    /// <summary>The provider understood and will not.</summary>
    /// <param name="Status">The HTTP status, 400 to 499.</param>
    /// <param name="Error">The OAuth error code, or <see cref="Unnamed"/>.</param>
    public sealed record Refused(int Status, string Error) : TokenOutcome
    {
        /// <summary>Stands for an answer without an error code.</summary>
        public const string Unnamed = "unnamed";

        /// <summary>Both, for logs.</summary>
        public string Cause => $"{Status} {Error}";
    }

    /// <summary>No answer that could be used.</summary>
    /// <param name="Cause">A short cause without secrets.</param>
    /// <param name="RetryAfter">The provider's wish, if it told one.</param>
    public sealed record Unavailable(string Cause, TimeSpan? RetryAfter) : TokenOutcome
    {
        /// <summary>Whether the provider may have received the call.</summary>
        public bool MayHaveArrived { get; init; } = true;
    }
}
