using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ExtAuthz.Domain;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.OpenIdConnect;
using ExtAuthz.Server.Tests.Tokens;
using ExtAuthz.Server.Tokens;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.Server.Tests.OpenIdConnect;

/// <summary>An OpenID Connect provider that follows a script, and our adapter before it.</summary>
internal sealed class ProviderWorld : HttpMessageHandler, IRandomSource, IAsyncDisposable
{
    public const string Issuer = "https://idp.example.com/tenant";
    public const string Audience = "https://api.example.com";

    public static readonly SignInState State = new("nonce_1", "verifier_1", "/");

    private readonly KeyRingHolder _holder;
    private readonly JwksRefresher _refresher;
    private readonly JwksCache _cache;

    public ProviderWorld(OpenIdConnectSettings? settings = null)
    {
        Settings = settings ?? DefaultSettings;
        var client = OpenIdConnectHttp.CreateClient(this);
        var ages = new JwksAges();
        Discovery = new Discovery(client, Settings, Clock, NullLogger<Discovery>.Instance);
        _holder = new KeyRingHolder(ages, Clock, NullLogger<KeyRingHolder>.Instance);
        _refresher = new JwksRefresher(new JwksClient(client, async stop => (await Discovery.FindAsync(stop))?.KeySet, Clock), _holder, ages, this, Clock, NullLogger<JwksRefresher>.Instance);
        _cache = new JwksCache(_holder, _refresher, Clock);
        var endpoint = new TokenEndpoint(client, Discovery, new ClientCredentials(Settings, this, Clock), Clock);
        var revocations = new RevocationEndpoint(client, Discovery, new ClientCredentials(Settings, this, Clock), Clock);
        LogoutTokens = new LogoutTokens(_cache, Settings.TokenRules, Clock);
        Provider = new OpenIdConnectIdentityProvider(Discovery, endpoint, revocations, new IdTokens(_cache, Settings.TokenRules, Clock), Settings);
        Verifier = new AccessTokenVerifier(_cache, Settings.TokenRules, Clock);
        Metadata = new JsonObject
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["jwks_uri"] = $"{Issuer}/keys",
            ["revocation_endpoint"] = $"{Issuer}/revoke",
            ["end_session_endpoint"] = $"{Issuer}/logout?from=app",
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
        };
        Tokens = _ => Json(new JsonObject { ["access_token"] = AccessToken(), ["token_type"] = "Bearer", ["refresh_token"] = "refresh_2", ["id_token"] = IdToken(IdClaims()) });
    }

    public static OpenIdConnectSettings DefaultSettings { get; } = new()
    {
        Issuer = Issuer,
        ClientId = "client 1",
        ClientAuthentication = ClientAuthentication.ClientSecretBasic,
        ClientSecret = new ClientSecret("s:ecret+1"),
        RedirectUri = "https://app.example.com/callback",
        Scope = "openid email",
        Audience = Audience,
    };

    public OpenIdConnectSettings Settings { get; }

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.FromUnixTimeSeconds(1_750_000_000));

    public Discovery Discovery { get; }

    public OpenIdConnectIdentityProvider Provider { get; }

    public AccessTokenVerifier Verifier { get; }

    public LogoutTokens LogoutTokens { get; }

    public JsonObject Metadata { get; }

    /// <summary>Answers discovery; null answers <see cref="Metadata"/>.</summary>
    public Func<HttpResponseMessage>? Discover { get; set; }

    public byte[] Keys { get; set; } = TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1, "k1"));

    /// <summary>Answers the token endpoint and the revocation endpoint, given the form.</summary>
    public Func<string, HttpResponseMessage> Tokens { get; set; }

    /// <summary>Every call: method and address.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>The last call of one of them: credentials and form.</summary>
    public (AuthenticationHeaderValue? Authorization, string Form) TokenCall { get; private set; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<ProviderWorld> WarmAsync(OpenIdConnectSettings? settings = null, Action<JsonObject>? metadata = null)
    {
        var world = new ProviderWorld(settings);
        metadata?.Invoke(world.Metadata);
        await world.FetchKeysAsync();
        return world;
    }

    public Task FetchKeysAsync() => _cache.WarmAsync(Stop);

    public bool HasKeys => _cache.Keys is not null;

    public static HttpResponseMessage Json(JsonNode body, int status = 200) =>
        new((HttpStatusCode)status) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    public JsonObject IdClaims() => new()
    {
        ["iss"] = Issuer,
        ["sub"] = "user_1",
        ["aud"] = Settings.ClientId,
        ["nonce"] = State.Nonce,
        ["iat"] = Now,
        ["exp"] = Now + 300,
        ["email"] = "ada@example.com",
        ["email_verified"] = true,
        ["given_name"] = "Ada",
        ["family_name"] = "Lovelace",
    };

    public JsonObject AccessClaims() => new()
    {
        ["iss"] = Issuer,
        ["sub"] = "user_1",
        ["aud"] = new JsonArray(Audience, "https://other.example.com"),
        ["client_id"] = Settings.ClientId,
        ["iat"] = Now,
        ["exp"] = Now + 300,
    };

    public static string IdToken(JsonObject claims) => TokenKeys.Sign(TokenKeys.K1, "k1", claims);

    public string AccessToken() => TokenKeys.Sign(TokenKeys.K1, "k1", AccessClaims());

    public Task<CodeExchange> ExchangeAsync() => Provider.ExchangeCodeAsync(new AuthorizationCode("code/1"), State, Stop);

    public Task<RefreshOutcome> RefreshAsync(Session? session = null) =>
        Provider.RefreshAsync(new RefreshGrant(new RefreshToken("refresh_1"), "org_1") { Session = session }, Stop);

    public void Fill(Span<byte> destination) => destination.Fill(0xAB);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Calls.Add($"{request.Method} {request.RequestUri}");
        if (request.Content is { } content)
        {
            TokenCall = (request.Headers.Authorization, await content.ReadAsStringAsync(cancellationToken));
            return Tokens(TokenCall.Form);
        }

        return request.RequestUri!.AbsolutePath.EndsWith("/openid-configuration", StringComparison.Ordinal)
            ? Discover?.Invoke() ?? Json(Metadata.DeepClone())
            : ScriptedHandler.Json(Keys);
    }

    public async ValueTask DisposeAsync()
    {
        await _refresher.DisposeAsync();
        await _holder.DisposeAsync();
        Dispose();
    }

    private long Now => Clock.GetUtcNow().ToUnixTimeSeconds();
}
