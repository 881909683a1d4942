using System.Reflection;

namespace ExtAuthz.Server.Configuration;

/// <summary>
/// Reads <see cref="AuthkitOptions"/> with the framework's binder, which stops at the first fault: so names it does not know
/// and values of another type are told here first, and only the rest is bound.
/// </summary>
internal sealed class OptionsReader(ConfigurationFaults faults)
{
    private readonly Dictionary<string, string?> _good = new(StringComparer.OrdinalIgnoreCase);

    public AuthkitOptions Read(IConfiguration written)
    {
        ReadGroup(written, typeof(AuthkitOptions));
        var options = new AuthkitOptions();
        new ConfigurationBuilder().AddInMemoryCollection(_good).Build().Bind(options);
        return options;
    }

    private void ReadGroup(IConfiguration written, Type group)
    {
        foreach (var child in written.GetChildren())
        {
            if (group.GetProperty(child.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is { } property)
            {
                Read(child, property.PropertyType);
            }
            else
            {
                faults.Add(child.Path, "There is no such setting.", NearestOption.To(child.Path) is { } nearest
                    ? $"Did you mean {SettingName.Section}:{nearest}?"
                    : "Remove it; docs/configuration.md lists every setting.");
            }
        }
    }

    private void Read(IConfigurationSection written, Type type)
    {
        var isList = type == typeof(List<string>);
        if (!isList && OptionNames.IsGroup(type))
        {
            RefuseText(written, "It is a group of settings, not a value.", $"Name one of its settings, such as {SettingName.Section}:{written.Path}:{type.GetProperties()[0].Name}.");
            ReadGroup(written, type);
        }
        else if (isList || type == typeof(Dictionary<string, string>) || type == typeof(List<RecentAuthenticationOptions>))
        {
            RefuseText(written, "It is a list, not a value.", $"Write an array, or {SettingName.Section}__{written.Path}__0 in the environment.");
            ReadItems(written, type.GenericTypeArguments[^1]);
        }
        else if (written.GetChildren().Any())
        {
            faults.Add(written.Path, "It is one value, not a list or a group.", "Write one value.");
        }
        else
        {
            ReadValue(written, Nullable.GetUnderlyingType(type) ?? type);
        }
    }

    private void ReadItems(IConfigurationSection list, Type type)
    {
        foreach (var item in list.GetChildren())
        {
            Read(item, type);
        }
    }

    private void ReadValue(IConfigurationSection written, Type type)
    {
        if (written.Value is not { } value || (value is "" && type != typeof(string)))
        {
            return;
        }

        if (ExpectedOf(type, value) is { } expected)
        {
            faults.Add(written.Path, $"{ConfigurationFaults.Quote(value)} is not {expected}.", $"Write {expected}.");
        }
        else
        {
            _good[written.Path] = value;
        }
    }

    private void RefuseText(IConfigurationSection written, string problem, string fix)
    {
        if (!string.IsNullOrEmpty(written.Value))
        {
            faults.Add(written.Path, problem, fix);
        }
    }

    /// <summary>What the value should have been; null when it is.</summary>
    private static string? ExpectedOf(Type type, string value) => type switch
    {
        _ when type == typeof(bool) => bool.TryParse(value, out _) ? null : "true or false",
        _ when type == typeof(int) => int.TryParse(value, out _) ? null : "a whole number",
        { IsEnum: true } => Enum.GetNames(type).Contains(value, StringComparer.OrdinalIgnoreCase) ? null : $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ => null,
    };
}
