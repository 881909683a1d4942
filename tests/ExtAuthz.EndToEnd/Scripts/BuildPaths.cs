using System.Reflection;

namespace ExtAuthz.EndToEnd.Scripts;

/// <summary>Where the build found the repository and its tools; the project file writes these into the assembly.</summary>
internal static class BuildPaths
{
    public static string RepositoryRoot { get; } = Read("RepositoryRoot");

    public static string Protoc { get; } = Read("Protoc");

    /// <summary>The folder that holds google/protobuf/*.proto.</summary>
    public static string ProtocInclude { get; } = Read("ProtocInclude");

    private static string Read(string key) => typeof(BuildPaths).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => string.Equals(attribute.Key, key, StringComparison.Ordinal))
        .Value ?? throw new InvalidOperationException($"The build left {key} empty.");
}
