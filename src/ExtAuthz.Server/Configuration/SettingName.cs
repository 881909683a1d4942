namespace ExtAuthz.Server.Configuration;

/// <summary>Names a setting in every spelling an operator may have used.</summary>
internal static class SettingName
{
    public const string Section = "ExtAuthz";

    /// <summary><c>ExtAuthz:CookiePassword (WORKOS_COOKIE_PASSWORD)</c> for the option <c>CookiePassword</c>.</summary>
    public static string Of(string option)
    {
        var names = string.Join(" or ", AuthkitEnvironment.NamesOf(option.Split(ConfigurationPath.KeyDelimiter)[0]));
        return names is "" ? $"{Section}:{option}" : $"{Section}:{option} ({names})";
    }
}
