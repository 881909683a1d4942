using System.Collections;
using ExtAuthz.Server.Configuration;

namespace ExtAuthz.Server.Tests.Configuration;

/// <summary>docs/configuration.md has one row for every setting, and no other.</summary>
public sealed class ConfigurationDocumentTests
{
    private static readonly Dictionary<string, string[]> Rows = File.ReadLines(RepositoryFile("docs/configuration.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(cells => cells[1].Trim('`'), cells => cells[2..^1], StringComparer.Ordinal);

    [Fact]
    public void Every_setting_has_a_row_and_every_row_a_setting() =>
        Rows.Keys.ShouldBe(OptionNames.All.Select(option => option.Path), ignoreOrder: true);

    [Fact]
    public void Every_row_has_the_settings_own_default()
    {
        foreach (var (path, value) in OptionNames.All)
        {
            Rows[path][1].ShouldMatch(DefaultCell(value), path);
        }
    }

    [Fact]
    public void Every_row_has_AuthKits_names()
    {
        foreach (var (path, _) in OptionNames.All)
        {
            Rows[path][0].Split('`').Where(text => text.StartsWith("WORKOS_", StringComparison.Ordinal) || text.StartsWith("NEXT_", StringComparison.Ordinal))
                .ShouldBe(AuthkitEnvironment.NamesOf(path), path);
        }
    }

    /// <summary>Code for a value, emphasis for what is computed.</summary>
    private static string DefaultCell(object? value) => value switch
    {
        null or ICollection => @"\A\*.+\*\z",
        bool truth => truth ? @"\A`true`\z" : @"\A`false`\z",
        _ => $@"\A`{value}`\z",
    };

    private static string RepositoryFile(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, path)))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? "", path);
    }
}
