using System.Collections.Immutable;

namespace ExtAuthz.Server.Configuration;

/// <summary>AuthKit's own environment names, so that an AuthKit application's environment works unchanged. Section <c>ExtAuthz</c> wins over them.</summary>
internal static class AuthkitEnvironment
{
    private static readonly ImmutableArray<(string Option, string Name)> Names =
    [
        (nameof(AuthkitOptions.ClientId), "WORKOS_CLIENT_ID"),
        (nameof(AuthkitOptions.ApiKey), "WORKOS_API_KEY"),
        (nameof(AuthkitOptions.CookiePassword), "WORKOS_COOKIE_PASSWORD"),
        (nameof(AuthkitOptions.RedirectUri), "WORKOS_REDIRECT_URI"),
        (nameof(AuthkitOptions.RedirectUri), "NEXT_PUBLIC_WORKOS_REDIRECT_URI"),
        (nameof(AuthkitOptions.CookieName), "WORKOS_COOKIE_NAME"),
        (nameof(AuthkitOptions.CookieDomain), "WORKOS_COOKIE_DOMAIN"),
        (nameof(AuthkitOptions.CookieMaxAge), "WORKOS_COOKIE_MAX_AGE"),
        (nameof(AuthkitOptions.CookieSameSite), "WORKOS_COOKIE_SAMESITE"),
        (nameof(AuthkitOptions.CookieSameSite), "WORKOS_COOKIE_SAME_SITE"),
        (nameof(AuthkitOptions.ApiHostname), "WORKOS_API_HOSTNAME"),
        (nameof(AuthkitOptions.ApiPort), "WORKOS_API_PORT"),
        (nameof(AuthkitOptions.ApiHttps), "WORKOS_API_HTTPS"),
        (nameof(AuthkitOptions.Issuer), "WORKOS_ISSUER"),
    ];

    /// <summary>The names of an option, the preferred one first.</summary>
    public static IEnumerable<string> NamesOf(string option) =>
        Names.Where(pair => string.Equals(pair.Option, option, StringComparison.Ordinal)).Select(pair => pair.Name);

    /// <summary>Every option set by an AuthKit name and its text; empty counts as not set, as in AuthKit, and the preferred name wins.</summary>
    public static IEnumerable<(string Option, string Text)> Read(IConfiguration configuration) =>
        Names.Select(pair => (pair.Option, Text: configuration[pair.Name] ?? "")).Where(pair => pair.Text is not "").DistinctBy(pair => pair.Option, StringComparer.Ordinal);
}
