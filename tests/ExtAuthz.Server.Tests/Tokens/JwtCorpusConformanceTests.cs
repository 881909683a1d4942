using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.Tokens;
using ExtAuthz.Tests.Shared;

namespace ExtAuthz.Server.Tests.Tokens;

/// <summary>Hostile tokens: the verdict, what becomes of the session, and how many fetches of keys a token may cause.</summary>
public sealed class JwtCorpusConformanceTests
{
    private static readonly JsonElement Root = FixtureFolder.Open("corpus/jwts.json").RootElement;
    private static readonly JsonElement Config = Root.GetProperty("builder").GetProperty("config");
    private static readonly string User = Config.GetProperty("sealed_user_id").GetString()!;

    private static readonly TokenRules Rules = new()
    {
        ClientId = Config.GetProperty("client_id").GetString()!,
        Issuers = Config.Items("issuers").Select(item => item.GetString()!).ToFrozenSet(StringComparer.Ordinal),
        Algorithms = [.. Config.Items("algs").Select(item => SignatureAlgorithm.Named(item.GetString(), SignatureAlgorithm.All)!)],
        MaximumLength = Config.GetProperty("max_length").GetInt32(),
        MaximumLifetime = TimeSpan.FromSeconds(Config.GetProperty("max_lifetime").GetInt32()),
        ClockSkew = TimeSpan.FromSeconds(Config.GetProperty("skew_nbf_iat").GetInt32()),
    };

    public static IEnumerable<TheoryDataRow<JsonElement>> Cases(string context) =>
        from item in Root.Items("cases")
        where string.Equals(item.GetProperty("context").GetString(), context, StringComparison.Ordinal)
        select new TheoryDataRow<JsonElement>(item) { TestDisplayName = $"{context} {item.GetProperty("id").GetString()} {item.GetProperty("name").GetString()}" };

    [Fact]
    public void Every_case_is_of_a_kind_we_test() =>
        Root.Items("cases").ShouldAllBe(item => item.GetProperty("context").GetString() == "access" || item.GetProperty("context").GetString() == "id_token");

    [Theory]
    [MemberData(nameof(Cases), "access", DisableDiscoveryEnumeration = true)]
    public async Task Access_token_gets_its_verdict(JsonElement testCase)
    {
        await using var world = new KeyWorld(new ScriptedHandler(CorpusToken.KeySet()), Rules);
        await world.Cache.WarmAsync(TestContext.Current.CancellationToken);
        var token = CorpusToken.Build(Root, testCase, world.Clock.GetUtcNow());

        var verdict = await world.VerifyAsync(token);
        var again = await world.VerifyAsync(token);

        var action = verdict switch
        {
            TokenVerdict.Accepted { Claims.Subject: var subject } => string.Equals(subject, User, StringComparison.Ordinal) ? "use" : "none",
            TokenVerdict.NotUsable => "refresh",
            TokenVerdict.Undecodable => "none",
            _ => "unverifiable",
        };
        action.ShouldBe(testCase.GetProperty("session_action").GetString(), verdict.ToString());
        (action is "use" ? "accept" : "reject").ShouldBe(testCase.GetProperty("expected").GetString());
        again.GetType().ShouldBe(verdict.GetType());
        (world.Fetches - 1).ShouldBeLessThanOrEqualTo(AllowedFetches(testCase));
        world.Provider.Calls.ShouldAllBe(called => called == KeyWorld.Address);
    }

    [Theory]
    [MemberData(nameof(Cases), "id_token", DisableDiscoveryEnumeration = true)]
    public void Id_token_gets_its_verdict(JsonElement testCase)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_750_000_000);
        var keys = JwksDocument.Read(CorpusToken.KeySet()).ShouldBeOfType<JwksResult.Accepted>().Keys;
        var start = Root.GetProperty("builder").GetProperty("base").GetProperty("id_token").GetProperty("payload");
        var expectation = new IdTokenExpectation
        {
            Issuer = start.GetProperty("iss").GetString()!,
            Nonce = start.GetProperty("nonce").GetString()!,
            Subject = User,
            AccessToken = new AccessToken(CorpusToken.AccessTokenBesideIdToken),
            MaximumAuthenticationAge = TimeSpan.FromHours(1),
            TrustedAudiences = ExtraAudiences(testCase),
        };

        var fault = new IdTokenVerifier(Rules).Verify(CorpusToken.Build(Root, testCase, now), expectation, keys, now);

        (fault is null ? "accept" : "reject").ShouldBe(testCase.GetProperty("expected").GetString(), fault.ToString());
        (fault is null ? "use" : "none").ShouldBe(testCase.GetProperty("session_action").GetString());
    }

    /// <summary>Decision D6: a case that stands under it has its extra audiences configured.</summary>
    private static ImmutableArray<string> ExtraAudiences(JsonElement testCase) =>
        testCase.TryGetProperty("decision", out var decision) && decision.ValueEquals("D6")
            ? [.. from operation in testCase.GetProperty("ops").EnumerateArray()
                  where operation.TryGetProperty("set_payload", out var members) && members.TryGetProperty("aud", out var aud) && aud.ValueKind is JsonValueKind.Array
                  from audience in operation.GetProperty("set_payload").GetProperty("aud").EnumerateArray()
                  select audience.GetString()!]
            : [];

    private static int AllowedFetches(JsonElement testCase) => testCase.GetProperty("jwks_fetches").GetString() switch
    {
        "none" => 0,
        "at most one per cool-down" => 1,
        var other => throw new InvalidDataException($"The corpus uses a bound that is not known here: {other}"),
    };
}
