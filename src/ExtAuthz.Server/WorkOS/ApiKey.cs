namespace ExtAuthz.Server.WorkOS;

/// <summary>The WorkOS API key: bearer token and client secret in one.</summary>
/// <param name="Value">The key; never log it.</param>
internal readonly record struct ApiKey(string Value)
{
    public override string ToString() => "[api key]";
}
