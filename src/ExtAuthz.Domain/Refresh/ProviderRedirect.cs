namespace ExtAuthz.Domain.Refresh;

/// <summary>Where the provider would have the browser go instead of refreshing: an absolute https URL.</summary>
/// <param name="Value">The URL; its query may hold a secret.</param>
public readonly record struct ProviderRedirect(string Value)
{
    /// <summary>A placeholder; the value never appears in text.</summary>
    public override string ToString() => "[provider redirect]";
}
