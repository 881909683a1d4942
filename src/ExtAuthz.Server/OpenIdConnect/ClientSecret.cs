namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>The secret that we share with the provider.</summary>
/// <param name="Value">The secret; never log it.</param>
internal readonly record struct ClientSecret(string Value)
{
    public override string ToString() => "[client secret]";
}
