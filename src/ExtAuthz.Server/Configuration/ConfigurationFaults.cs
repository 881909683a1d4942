using System.Collections.Immutable;

namespace ExtAuthz.Server.Configuration;

/// <summary>Collects faults, so that all are told at once. What several sites have in common is told once.</summary>
internal sealed class ConfigurationFaults
{
    /// <summary>Longer texts may be a secret in the wrong place; passwords have at least 32 characters.</summary>
    private const int LongestQuote = 24;

    private readonly List<ConfigurationFault> _faults;
    private readonly Func<string, string> _nameOf;

    public ConfigurationFaults()
        : this([], option => option)
    {
    }

    private ConfigurationFaults(List<ConfigurationFault> faults, Func<string, string> nameOf) => (_faults, _nameOf) = (faults, nameOf);

    public bool Any => _faults.Count > 0;

    /// <summary>The same faults for the rules of one of several sites: what the site sets is named as its own.</summary>
    public ConfigurationFaults Within(string site, Func<string, bool> sets) =>
        new(_faults, option => sets(option) ? ConfigurationPath.Combine(nameof(AuthkitOptions.Sites), site, option) : option);

    /// <summary>Adds a fault of an option, named by its path below the section.</summary>
    public void Add(string option, string problem, string fix)
    {
        var fault = new ConfigurationFault(SettingName.Of(_nameOf(option)), problem, fix);
        if (!_faults.Contains(fault))
        {
            _faults.Add(fault);
        }
    }

    public ImmutableArray<ConfigurationFault> ToImmutable() => [.. _faults];

    /// <summary>A value as it may be shown: short and printable, or its length alone.</summary>
    public static string Quote(string value) => value.Length <= LongestQuote && !value.Any(char.IsControl)
        ? $"'{value}'"
        : $"A value of {value.Length} characters";
}
