namespace ExtAuthz.Server.Tokens;

/// <summary>How long a fetched key set is used.</summary>
internal sealed record JwksAges
{
    /// <summary>After this, more or less a tenth, a new one is fetched while the old one serves.</summary>
    public TimeSpan Soft { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>After this, if no fetch succeeded, nothing is verified with it any more. A withdrawn key stays good that long in an outage.</summary>
    public TimeSpan Hard { get; init; } = TimeSpan.FromHours(24);
}
