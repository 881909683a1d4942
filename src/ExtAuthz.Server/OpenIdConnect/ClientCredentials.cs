using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ExtAuthz.Domain;

namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>Writes requests to the token and revocation endpoints in our name.</summary>
internal sealed class ClientCredentials(OpenIdConnectSettings settings, IRandomSource random, TimeProvider clock)
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static readonly TimeSpan AssertionLifetime = TimeSpan.FromSeconds(60);

    /// <summary>A form of these parameters, and of what proves who we are.</summary>
    public HttpRequestMessage Request(Uri endpoint, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new FormUrlEncodedContent([.. parameters, .. Proof()]) };
        request.Headers.Authorization = settings.ClientAuthentication is ClientAuthentication.ClientSecretBasic ? Basic() : null;
        return request;
    }

    private IEnumerable<KeyValuePair<string, string>> Proof() => settings.ClientAuthentication switch
    {
        ClientAuthentication.ClientSecretPost => [new("client_id", settings.ClientId), new("client_secret", settings.ClientSecret.Value)],
        ClientAuthentication.PrivateKeyJwt => [new("client_id", settings.ClientId), new("client_assertion_type", AssertionType), new("client_assertion", Assertion())],
        _ => [],
    };

    /// <summary>Both parts are form-encoded first (RFC 6749 section 2.3.1).</summary>
    private AuthenticationHeaderValue Basic() =>
        new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Encode(settings.ClientId)}:{Encode(settings.ClientSecret.Value)}")));

    /// <summary>Good for a minute and, by its id, once (RFC 7523 section 3). It is meant for the issuer, so that no other endpoint can use it.</summary>
    private string Assertion()
    {
        var now = clock.GetUtcNow();
        return settings.ClientKey!.Sign(JsonSerializer.Serialize( // checked at start: this method has a key
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["iss"] = settings.ClientId,
                ["sub"] = settings.ClientId,
                ["aud"] = settings.Issuer,
                ["jti"] = RandomUuid.New(random).ToString(),
                ["iat"] = now.ToUnixTimeSeconds(),
                ["exp"] = (now + AssertionLifetime).ToUnixTimeSeconds(),
            }));
    }

    private static string Encode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
