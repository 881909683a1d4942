namespace ExtAuthz.Server.WorkOS;

/// <summary>What WorkOS signs its events with.</summary>
/// <param name="Value">The secret; never log it.</param>
internal readonly record struct EventsSecret(string Value)
{
    public override string ToString() => "[events secret]";
}
