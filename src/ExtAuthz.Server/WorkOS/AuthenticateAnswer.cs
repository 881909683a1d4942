using System.Text.Json;

namespace ExtAuthz.Server.WorkOS;

/// <summary>What the endpoint answers, in success or in failure. Not a record: those print what they hold.</summary>
internal sealed class AuthenticateAnswer
{
    public string? AccessToken { get; init; }

    public string? RefreshToken { get; init; }

    public JsonElement User { get; init; }

    public ImpersonatorAnswer? Impersonator { get; init; }

    public string? AuthenticationMethod { get; init; }

    /// <summary>The OAuth error code (RFC 6749 section 5.2).</summary>
    public string? Error { get; init; }

    /// <summary>Where the browser should go instead.</summary>
    public string? AuthkitRedirectUrl { get; init; }

    /// <summary>WorkOS' own error code.</summary>
    public string? Code { get; init; }
}
