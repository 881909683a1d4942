namespace ExtAuthz.Server.Configuration;

/// <summary>Everything an operator wrote, wherever, as one configuration of <see cref="AuthkitOptions"/>.</summary>
internal static class WrittenSettings
{
    /// <summary>Lays the section over AuthKit's environment names, option by option: lists are never mixed from both.</summary>
    public static IConfiguration Read(IConfiguration configuration, ConfigurationFaults faults)
    {
        var section = configuration.GetSection(SettingName.Section);
        var written = new Dictionary<string, string?>(section.AsEnumerable(makePathsRelative: true), StringComparer.OrdinalIgnoreCase);
        written.Remove("");
        foreach (var (option, text) in AuthkitEnvironment.Read(configuration).Where(pair => !IsSet(section.GetSection(pair.Option))))
        {
            Set(written, option, text);
        }

        SplitCookiePassword(written, faults);
        return new ConfigurationBuilder().AddInMemoryCollection(written).Build();
    }

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

    private static void SplitCookiePassword(Dictionary<string, string?> written, ConfigurationFaults faults)
    {
        const string option = nameof(AuthkitOptions.CookiePassword);
        if (!written.Remove(option, out var text) || string.IsNullOrEmpty(text))
        {
            return;
        }

        foreach (var (id, secret) in CookiePasswordText.Split(text))
        {
            if (id is "")
            {
                faults.Add(option, "A part of it is not id:secret.", "Write 1:old,2:new, without a comma in a secret.");
            }
            else if (!written.TryAdd(ConfigurationPath.Combine(option, id), secret))
            {
                faults.Add(option, $"Number {id} has two secrets.", "Give each secret a number of its own, the newest the highest.");
            }
        }
    }
}
