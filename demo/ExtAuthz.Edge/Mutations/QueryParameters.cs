using Envoy.Config.Core.V3;

namespace ExtAuthz.Edge.Mutations;

/// <summary>
/// Rewrites a query as Envoy's <c>QueryParamsMulti</c> does: never decoded, keys sorted, the values of a key in their order,
/// <c>k</c> written <c>k=</c>.
/// </summary>
internal static class QueryParameters
{
    public static string Rewrite(string path, IEnumerable<QueryParameter> set, IEnumerable<string> remove)
    {
        var (bare, query) = Cut(path, '?');
        var parameters = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (key, value) in query.Length == 0 ? [] : query.Split('&').Select(part => Cut(part, '=')))
        {
            if (!parameters.TryAdd(key, [value]))
            {
                parameters[key].Add(value);
            }
        }

        foreach (var parameter in set)
        {
            parameters[parameter.Key] = [parameter.Value];
        }

        foreach (var key in remove)
        {
            parameters.Remove(key);
        }

        var rewritten = string.Join('&', parameters.SelectMany(entry => entry.Value, (entry, value) => $"{entry.Key}={value}"));
        return rewritten.Length == 0 ? bare : $"{bare}?{rewritten}";
    }

    private static (string Before, string After) Cut(string text, char separator) =>
        text.Split(separator, 2) is [var before, var after] ? (before, after) : (text, "");
}
