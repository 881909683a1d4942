using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ExtAuthz.Domain;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.Tokens;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.Server.Tests.Tokens;

/// <summary>A verifier with its cache, a clock that stands still and a provider that follows a script.</summary>
internal sealed class KeyWorld : IAsyncDisposable
{
    public static readonly Uri Address = new("https://api.workos.example/sso/jwks/client_1");

    private readonly HttpClient _http;
    private readonly KeyRingHolder _holder;
    private readonly JwksRefresher _refresher;

    public KeyWorld(ScriptedHandler provider, TokenRules? rules = null, JwksAges? ages = null, IKeySetSource? source = null)
    {
        Provider = provider;
        _http = new HttpClient(provider);
        ages ??= new JwksAges();
        _holder = new KeyRingHolder(ages, Clock, NullLogger<KeyRingHolder>.Instance);
        _refresher = new JwksRefresher(source ?? new JwksClient(_http, Address, Clock), _holder, ages, new NoJitter(), Clock, NullLogger<JwksRefresher>.Instance);
        Cache = new JwksCache(_holder, _refresher, Clock);
        Verifier = new AccessTokenVerifier(Cache, rules ?? Rules, Clock);
    }

    public static TokenRules Rules { get; } = new() { ClientId = "client_1", Issuers = FrozenSet.Create(StringComparer.Ordinal, "https://api.workos.com") };

    public ScriptedHandler Provider { get; }

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.FromUnixTimeSeconds(1_750_000_000));

    public JwksCache Cache { get; }

    public AccessTokenVerifier Verifier { get; }

    public int Fetches => Provider.Calls.Count;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<KeyWorld> WarmAsync(byte[] keySet)
    {
        var world = new KeyWorld(new ScriptedHandler(keySet));
        await world.Cache.WarmAsync(Stop);
        return world;
    }

    public JsonObject Claims() => new()
    {
        ["iss"] = "https://api.workos.com",
        ["sub"] = "user_1",
        ["sid"] = "session_1",
        ["org_id"] = "org_1",
        ["iat"] = Clock.GetUtcNow().ToUnixTimeSeconds(),
        ["exp"] = Clock.GetUtcNow().ToUnixTimeSeconds() + 300,
    };

    public string Token(RSA key, string? kid) => TokenKeys.Sign(key, kid, Claims());

    public ValueTask<TokenVerdict> VerifyAsync(string token) => Verifier.VerifyAsync(new AccessToken(token), Stop);

    /// <summary>Moves the clock and waits for the fetch that this starts, if it starts one.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await (_refresher.Running ?? Task.CompletedTask).WaitAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _refresher.DisposeAsync();
        await _holder.DisposeAsync();
        _http.Dispose();
    }

    private sealed class NoJitter : IRandomSource
    {
        public void Fill(Span<byte> destination) => destination.Clear();
    }
}
