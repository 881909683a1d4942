namespace ExtAuthz.Server.Configuration;

/// <summary>Checks ids and secrets that a provider issued.</summary>
internal static class Credential
{
    public static void Check(string option, string? value, string fix, ConfigurationFaults faults)
    {
        if (string.IsNullOrEmpty(value))
        {
            faults.Add(option, "It is missing.", fix);
        }
        else if (value.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            faults.Add(option, "It has a space, a control character or a non-ASCII character.", fix);
        }
    }
}
