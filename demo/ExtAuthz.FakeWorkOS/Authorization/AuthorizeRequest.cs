using System.Collections.Immutable;

namespace ExtAuthz.FakeWorkOS.Authorization;

/// <summary>A checked authorisation request (RFC 6749 section 4.1.1, with WorkOS' parameters).</summary>
internal sealed record AuthorizeRequest(ImmutableDictionary<string, string> Parameters)
{
    /// <summary>The parameters that mean something here; the sign-in form sends them back.</summary>
    public static readonly ImmutableArray<string> Names =
    [
        "client_id", "code_challenge", "code_challenge_method", "login_hint", "max_age", "organization_id", "prompt",
        "provider", "redirect_uri", "response_type", "screen_hint", "state",
    ];

    public string RedirectUri => Parameters["redirect_uri"];

    public string CodeChallenge => Parameters["code_challenge"];

    public string? this[string name] => Parameters.GetValueOrDefault(name);

    public bool IsSignUp => this["screen_hint"] is "sign-up";

    /// <summary>Where to send the browser with a code.</summary>
    public string SuccessUrl(string code) => CallbackUrl(RedirectUri, this["state"], $"code={code}");

    /// <summary>Where to send the browser with an error (RFC 6749 section 4.1.2.1).</summary>
    public static string ErrorUrl(string redirectUri, string? state, string error, string description) =>
        CallbackUrl(redirectUri, state, $"error={error}&error_description={Uri.EscapeDataString(description)}");

    private static string CallbackUrl(string redirectUri, string? state, string answer) =>
        $"{redirectUri}{(redirectUri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{answer}"
        + (state is null ? "" : $"&state={Uri.EscapeDataString(state)}");
}
