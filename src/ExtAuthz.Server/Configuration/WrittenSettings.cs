using System.Collections.Immutable;

namespace ExtAuthz.Server.Configuration;

/// <summary>Everything an operator wrote, wherever.</summary>
/// <param name="Common">What stands outside of <c>Sites</c>: it holds for the whole service and for each site.</param>
/// <param name="Sites">What each site adds or changes; none when there is just one, without a name.</param>
internal sealed record WrittenSettings(IConfiguration Common, ImmutableArray<WrittenSite> Sites)
{
    private const string SitesOption = nameof(AuthkitOptions.Sites);

    /// <summary>Lays the section over AuthKit's environment names, option by option: lists are never mixed from both.</summary>
    public static WrittenSettings Read(IConfiguration configuration, ConfigurationFaults faults)
    {
        var section = configuration.GetSection(SettingName.Section);
        var written = Values(section);
        foreach (var (option, text) in AuthkitEnvironment.Read(configuration).Where(pair => !IsSet(section.GetSection(pair.Option))))
        {
            Set(written, option, text);
        }

        foreach (var name in written.Keys.Where(name => name.StartsWith($"{SitesOption}:", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            written.Remove(name);
        }

        CookiePasswordText.Split(written, faults);
        return new WrittenSettings(Configuration(written), [.. section.GetSection(SitesOption).GetChildren().Select(site => ReadSite(site, written, faults))]);
    }

    private static WrittenSite ReadSite(IConfigurationSection site, Dictionary<string, string?> common, ConfigurationFaults faults)
    {
        var own = Values(site);
        foreach (var option in own.Keys.Where(IsOfWholeService).ToList())
        {
            own.Remove(option);
            faults.Add(
                ConfigurationPath.Combine(SitesOption, site.Key, option),
                "It is a setting of the whole service, not of one site.",
                $"Write it outside of {SettingName.Section}:{SitesOption}.");
        }

        var options = own.Keys.Select(OptionNames.OptionOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var within = faults.Within(site.Key, option => options.Contains(OptionNames.OptionOf(option)) || !common.Keys.Any(name => IsOrIsBelow(name, option)));
        CookiePasswordText.Split(own, within);
        return new WrittenSite(site.Key, Configuration([.. common.Where(pair => !options.Contains(OptionNames.OptionOf(pair.Key))), .. own]), within);
    }

    private static bool IsOfWholeService(string option) =>
        option.Split(ConfigurationPath.KeyDelimiter)[0] is var name
        && new[] { nameof(AuthkitOptions.Grpc), nameof(AuthkitOptions.Operations), nameof(AuthkitOptions.Redis), nameof(AuthkitOptions.Debug), SitesOption }.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static IConfiguration Configuration(IEnumerable<KeyValuePair<string, string?>> values) => new ConfigurationBuilder().AddInMemoryCollection(values).Build();

    private static Dictionary<string, string?> Values(IConfigurationSection section) =>
        new(section.AsEnumerable(makePathsRelative: true).Where(pair => pair is { Key: not "", Value: not null }), StringComparer.OrdinalIgnoreCase);

    private static bool IsOrIsBelow(string name, string option) =>
        name.StartsWith(option, StringComparison.OrdinalIgnoreCase) && (name.Length == option.Length || name[option.Length] is ':');

    private static bool IsSet(IConfigurationSection option) => !string.IsNullOrEmpty(option.Value) || option.GetChildren().Any();

    private static void Set(Dictionary<string, string?> written, string option, string text)
    {
        if (option is not nameof(AuthkitOptions.Issuer))
        {
            written[option] = text;
            return;
        }

        foreach (var (index, issuer) in text.Split(',', StringSplitOptions.TrimEntries).Index())
        {
            written[ConfigurationPath.Combine(option, $"{index}")] = issuer;
        }
    }
}
