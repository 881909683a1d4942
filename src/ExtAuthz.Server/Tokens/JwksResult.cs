namespace ExtAuthz.Server.Tokens;

/// <summary>What became of an answer of the key set endpoint.</summary>
internal abstract record JwksResult
{
    private JwksResult() { }

    /// <summary>A set to verify with.</summary>
    public sealed record Accepted(JsonWebKeySet Keys) : JwksResult
    {
        /// <summary>How long ago it was fetched, if another replica did.</summary>
        public TimeSpan Age { get; init; }
    }

    /// <summary>Nothing to verify with; what was known before stays.</summary>
    public sealed record Refused(JwksFault Fault) : JwksResult;
}
