namespace ExtAuthz.Server.Configuration;

/// <summary>Paths for users only who signed in a short while ago.</summary>
internal sealed class RecentAuthenticationOptions
{
    public List<string> Paths { get; } = [];

    public int? MaxAgeSeconds { get; set; }
}
