namespace ExtAuthz.Server.Configuration;

/// <summary>Guesses which setting an operator meant.</summary>
internal static class NearestOption
{
    /// <summary>The setting whose own name is the most alike, in whatever group; null when none is.</summary>
    public static string? To(string path)
    {
        var name = OwnName(path);
        var (nearest, distance) = OptionNames.All
            .Select(option => (option.Path, Distance: Distance(OwnName(option.Path), name)))
            .OrderBy(option => option.Distance)
            .ThenByDescending(option => string.Equals(ConfigurationPath.GetParentPath(option.Path), ConfigurationPath.GetParentPath(path), StringComparison.OrdinalIgnoreCase))
            .First();
        return distance <= Math.Max(2, name.Length / 3) ? nearest : null;
    }

    private static string OwnName(string path) => ConfigurationPath.GetSectionKey(path).ToUpperInvariant();

    /// <summary>Levenshtein's edit distance, one row at a time.</summary>
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
