using System.Text.Json;

namespace ExtAuthz.Tests.Shared;

/// <summary>The recorded cases: the folder named by EXTAUTHZ_FIXTURES, or the repository's own tests/Fixtures.</summary>
internal static class FixtureFolder
{
    private static readonly string Root = Environment.GetEnvironmentVariable("EXTAUTHZ_FIXTURES") is { Length: > 0 } named
        ? named
        : FindOwn(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Opens a file by its path below the folder, such as <c>corpus/paths.json</c>.</summary>
    public static JsonDocument Open(string path)
    {
        using var file = File.OpenRead(Path.Combine(Root, path));
        return JsonDocument.Parse(file);
    }

    /// <summary>The items of the array called <paramref name="name"/>; no items at all is a broken fixture, not a pass.</summary>
    public static IReadOnlyList<JsonElement> Items(this JsonElement parent, string name)
    {
        var items = parent.GetProperty(name).EnumerateArray().ToList();
        return items.Count > 0 ? items : throw new InvalidDataException($"The fixture's list '{name}' has no items.");
    }

    private static string FindOwn(DirectoryInfo? folder)
    {
        for (; folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "tests", "Fixtures");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException("Set EXTAUTHZ_FIXTURES, or run the tests inside the repository.");
    }
}
