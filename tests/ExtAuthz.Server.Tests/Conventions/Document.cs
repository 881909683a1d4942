namespace ExtAuthz.Server.Tests.Conventions;

/// <summary>A Markdown document of the repository, read for what it states.</summary>
internal sealed class Document
{
    private static readonly string Root = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    private readonly string _path;
    private readonly string[] _lines;

    private Document(string path) => (_path, _lines) = (path, File.ReadAllLines(Path.Combine(Root, path)));

    /// <summary>The documents of the project: README and its like, and everything under docs.</summary>
    public static IReadOnlyList<Document> All { get; } =
    [
        .. Directory.GetFiles(Root, "*.md").Concat(Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(file => new Document(Path.GetRelativePath(Root, file))),
    ];

    /// <summary>The folder that relative links in it start from.</summary>
    public string Folder => Path.Combine(Root, Path.GetDirectoryName(_path) ?? "");

    public string Text => string.Join('\n', _lines);

    public static Document Open(string path) => new(path);

    /// <summary>Whether the repository has a file or folder of this path.</summary>
    public static bool RepositoryHas(string path) => Path.Exists(Path.Combine(Root, path));

    /// <summary>The names of the source files below tests, which are the names of their types.</summary>
    public static IReadOnlySet<string> TestTypes { get; } = Directory
        .EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetFileNameWithoutExtension(file)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The cells of every table row between a heading and the next, without the tables' own headings.</summary>
    public IReadOnlyList<string[]> Rows(string heading)
    {
        var section = _lines.SkipWhile(line => line != heading).Skip(1).TakeWhile(line => !line.StartsWith('#')).ToList();
        return section.Count > 0 ? RowsOf(section) : throw new InvalidDataException($"{_path} has no '{heading}'.");
    }

    /// <summary>The cells of every table row in the document.</summary>
    public IReadOnlyList<string[]> Rows() => RowsOf(_lines);

    public override string ToString() => _path;

    private static IReadOnlyList<string[]> RowsOf(IReadOnlyList<string> lines) =>
    [
        .. lines.Where((line, index) => line.StartsWith('|') && !IsRule(line) && !(index + 1 < lines.Count && IsRule(lines[index + 1])))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]),
    ];

    private static bool IsRule(string line) => line.StartsWith("| ---", StringComparison.Ordinal);

    private static string FindRoot(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ExtAuthz.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("Run the tests inside the repository.");
    }
}
