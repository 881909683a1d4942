using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace ExtAuthz.Demo.Tour;

/// <summary>An answer as the visitor sees it.</summary>
/// <param name="SetCookies">The lines of <c>Set-Cookie</c>.</param>
/// <param name="RetryAfter">How long to wait before the next try; zero if the answer does not say.</param>
internal sealed record Reply(int Status, Uri? Location, ImmutableArray<string> SetCookies, TimeSpan RetryAfter, string Body)
{
    /// <summary>Where the redirect leads, which this answer must be.</summary>
    public Uri Target => Location ?? throw new UnmetExpectationException("a redirect", $"{Status} {Body}");

    /// <summary>The new session, if the answer brought one.</summary>
    public string? NewSession => SetCookies
        .Where(cookie => cookie.StartsWith(Visitor.SessionCookie + "=Fe26.2", StringComparison.Ordinal))
        .Select(cookie => cookie[(Visitor.SessionCookie.Length + 1)..cookie.IndexOf(';', StringComparison.Ordinal)])
        .SingleOrDefault();

    /// <summary>Whether the answer takes the session away from the browser.</summary>
    public bool DeletesSession => SetCookies.Any(cookie => cookie.StartsWith(Visitor.SessionCookie + "=;", StringComparison.Ordinal));

    /// <summary>A header as the upstream received it; null when it did not arrive.</summary>
    public string? Upstream(string header) => JsonNode.Parse(Body)?["headers"]?[header]?.AsArray() is { } lines
        ? string.Join(", ", lines.Select(line => line?.GetValue<string>()))
        : null;

    public static async Task<Reply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) => new(
        (int)response.StatusCode,
        response.Headers.Location,
        response.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [],
        response.Headers.RetryAfter?.Delta ?? TimeSpan.Zero,
        await response.Content.ReadAsStringAsync(cancellationToken));
}
