namespace ExtAuthz.Server.Tokens;

/// <summary>What became of an answer of the key set endpoint.</summary>
internal abstract record JwksResult
{
    private JwksResult() { }

    /// <summary>A set to verify with.</summary>
    public sealed record Accepted(JsonWebKeySet Keys) : JwksResult;

    /// <summary>Nothing to verify with; what was known before stays.</summary>
    public sealed record Refused(JwksFault Fault) : JwksResult;
}
