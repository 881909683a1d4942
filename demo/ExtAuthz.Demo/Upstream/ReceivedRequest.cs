using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.Features;

namespace ExtAuthz.Demo.Upstream;

/// <summary>What the upstream was sent. Values that sign somebody in are concealed.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">The lines of every header, by its name in lower case.</param>
internal sealed record ReceivedRequest(string Method, string Target, ImmutableSortedDictionary<string, ImmutableArray<string>> Headers)
{
    /// <summary>The headers that say who the user is.</summary>
    public IEnumerable<KeyValuePair<string, ImmutableArray<string>>> Identity =>
        Headers.Where(header => header.Key.StartsWith("x-auth-", StringComparison.Ordinal));

    public static ReceivedRequest From(HttpContext context) => new(
        context.Request.Method,
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
        context.Request.Headers
            .GroupBy(header => header.Key.ToLowerInvariant(), StringComparer.Ordinal)
            .ToImmutableSortedDictionary(
                header => header.Key,
                header => header.SelectMany(lines => lines.Value).Select(line => Concealment.Of(header.Key, line ?? "")).ToImmutableArray(),
                StringComparer.Ordinal));

    /// <summary>The one line of a header; null when it did not arrive.</summary>
    public string? this[string name] => Headers.TryGetValue(name, out var lines) ? string.Join(", ", lines) : null;
}
