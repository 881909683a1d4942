namespace ExtAuthz.Domain.Tests.Conventions;

/// <summary>The files of this repository, for rules that the compiler does not know.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>The C# files below a folder, as paths from there with forward slashes; what the build writes is left out.</summary>
    public static IEnumerable<string> SourceFiles(string folder) => Files(folder, "*.cs");

    /// <summary>The files below a folder that match a pattern.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Path.Combine(Root, folder), file).Replace('\\', '/'))
        .Where(file => !file.Split('/').Any(part => part is "obj" or "bin"));

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    private static string Find(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ExtAuthz.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("Run the tests inside the repository.");
    }
}
