using System.Collections.Immutable;

namespace ExtAuthz.Server.Configuration;

/// <summary>Collects faults, so that all are told at once.</summary>
internal sealed class ConfigurationFaults
{
    /// <summary>Longer texts may be a secret in the wrong place; passwords have at least 32 characters.</summary>
    private const int LongestQuote = 24;

    private readonly List<ConfigurationFault> _faults = [];

    public bool Any => _faults.Count > 0;

    /// <summary>Adds a fault of an option, named by its path below the section.</summary>
    public void Add(string option, string problem, string fix) => _faults.Add(new ConfigurationFault(SettingName.Of(option), problem, fix));

    public ImmutableArray<ConfigurationFault> ToImmutable() => [.. _faults];

    /// <summary>A value as it may be shown: short and printable, or its length alone.</summary>
    public static string Quote(string value) => value.Length <= LongestQuote && !value.Any(char.IsControl)
        ? $"'{value}'"
        : $"A value of {value.Length} characters";
}
