using System.Collections.Immutable;
using System.Reflection;

namespace ExtAuthz.Server.Configuration;

/// <summary>The settings there are, read off the options classes.</summary>
internal static class OptionNames
{
    /// <summary>Every setting by its path below the section, such as <c>MiddlewareAuth:Enabled</c>, with its default.</summary>
    public static ImmutableArray<(string Path, object? Default)> All { get; } = [.. Below(new AuthkitOptions(), prefix: null)];

    /// <summary>The setting that a path belongs to: <c>Issuer</c> for <c>Issuer:0</c>. A path of no setting stands for itself.</summary>
    public static string OptionOf(string path) => All
        .Select(option => option.Path)
        .FirstOrDefault(option => path.StartsWith(option, StringComparison.OrdinalIgnoreCase) && (path.Length == option.Length || path[option.Length] is ':')) ?? path;

    /// <summary>Whether a property of this type holds further settings.</summary>
    public static bool IsGroup(Type type) => type.IsClass && type.Assembly == typeof(AuthkitOptions).Assembly;

    private static IEnumerable<(string Path, object? Default)> Below(object group, string? prefix) =>
        group.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(property =>
        {
            var path = prefix is null ? property.Name : ConfigurationPath.Combine(prefix, property.Name);
            var value = property.GetValue(group);
            return value is not null && IsGroup(property.PropertyType) ? Below(value, path) : [(path, value)];
        });
}
