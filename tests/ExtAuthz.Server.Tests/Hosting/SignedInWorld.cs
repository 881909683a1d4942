using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ExtAuthz.Server.Tests.Hosting;

/// <summary>A service and the provider it trusts: makes cookies that it accepts.</summary>
internal sealed class SignedInWorld : IAsyncDisposable
{
    public const string UserId = "user_1";
    private const string ClientId = "client_1";

    private static readonly RSA Key = RSA.Create(2048);
    private readonly StubProvider _provider;

    private SignedInWorld(StubProvider provider, RunningService service)
    {
        _provider = provider;
        Service = service;
    }

    public RunningService Service { get; }

    /// <summary>The settings that lead another service to the same provider.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ProviderSettings => _provider.Settings;

    /// <summary>Starts both; <paramref name="authenticate"/> answers the token endpoint, <paramref name="replaceInSites"/> puts parts of a test into the service.</summary>
    public static async Task<SignedInWorld> StartAsync(Action<IServiceCollection>? replaceInSites = null, RequestDelegate? authenticate = null, params KeyValuePair<string, string?>[] settings)
    {
        var provider = await StubProvider.StartAsync(context => context.Request.Path.Value!.Contains("/jwks/", StringComparison.Ordinal)
            ? AnswerKeysAsync(context)
            : authenticate is null ? throw new InvalidOperationException("No call to the token endpoint was expected.") : authenticate(context));
        var service = await RunningService.StartAsync(
            [
                new("WORKOS_API_KEY", "sk_test_key"),
                new("WORKOS_CLIENT_ID", ClientId),
                new("WORKOS_COOKIE_PASSWORD", "a-password-of-thirty-two-characters"),
                new("WORKOS_REDIRECT_URI", "https://app.example.com/callback"),
                new("ExtAuthz:MiddlewareAuth:UnauthenticatedPaths:0", "/public"),
                .. provider.Settings,
                .. settings,
            ],
            replaceInSites: replaceInSites);
        await service.Services.GetRequiredService<JwksCache>().WarmAsync(TestContext.Current.CancellationToken); // a request waits a second for keys, a busy machine longer
        return new SignedInWorld(provider, service);
    }

    /// <summary>A cookie header with a session of its own.</summary>
    public string Cookie(AccessTokenSpec spec, string refreshToken = "rt_1")
    {
        var session = new Session(
            new AccessToken(Token(spec)),
            new RefreshToken(refreshToken),
            new SessionUser(spec.Subject, "ada@example.com", $$"""{"object":"user","id":"{{spec.Subject}}","email":"ada@example.com"}"""),
            Impersonator: null,
            AuthenticationMethod: null);
        return $"wos-session={Service.Services.GetRequiredService<ISessionCodec>().Seal(session).Value}";
    }

    /// <summary>An access token of the provider.</summary>
    public string Token(AccessTokenSpec spec)
    {
        var now = Service.Services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = "https://api.workos.com",
            ["sub"] = spec.Subject,
            ["sid"] = spec.SessionId,
            ["role"] = spec.Role,
            ["permissions"] = new JsonArray([.. spec.Permissions.Select(permission => JsonValue.Create(permission))]),
            ["iat"] = now + spec.ExpiresIn - 3600,
            ["exp"] = now + spec.ExpiresIn,
        };
        if (spec.OrganizationId is { } organization)
        {
            claims["org_id"] = organization;
        }

        var input = $"{Encode("""{"alg":"RS256","kid":"k1","typ":"JWT"}""")}.{Encode(claims.ToJsonString())}";
        return $"{input}.{Base64Url.EncodeToString(Key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await _provider.DisposeAsync();
    }

    private static Task AnswerKeysAsync(HttpContext context)
    {
        var key = Key.ExportParameters(includePrivateParameters: false);
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($$"""{"keys":[{"kty":"RSA","kid":"k1","alg":"RS256","use":"sig","n":"{{Base64Url.EncodeToString(key.Modulus)}}","e":"{{Base64Url.EncodeToString(key.Exponent)}}"}]}""");
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
