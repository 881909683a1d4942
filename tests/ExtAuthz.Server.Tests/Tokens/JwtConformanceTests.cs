using System.Text.Json;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.Tokens;
using ExtAuthz.Tests.Shared;

namespace ExtAuthz.Server.Tests.Tokens;

/// <summary>Tokens as the reference's library judges them, which knows neither issuer nor longest life.</summary>
public sealed class JwtConformanceTests
{
    private static readonly JsonElement Root = FixtureFolder.Open("fixtures/jwt.json").RootElement;
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(Root.GetProperty("issuedAt").GetInt64());

    private static readonly TokenRules Rules = new()
    {
        ClientId = Root.GetProperty("claimsOfValid").GetProperty("client_id").GetString()!,
        Issuers = [],
        MaximumLifetime = TimeSpan.MaxValue,
    };

    public static IEnumerable<TheoryDataRow<JsonElement>> Tokens() =>
        Root.Items("tokens").Select(item => new TheoryDataRow<JsonElement>(item) { TestDisplayName = $"jwt {item.GetProperty("name").GetString()}" });

    [Theory]
    [MemberData(nameof(Tokens), DisableDiscoveryEnumeration = true)]
    public void Token_is_judged_as_expected(JsonElement item)
    {
        var text = item.GetProperty("token").GetString()!;
        var expected = item.GetProperty(item.TryGetProperty("recommendValid", out _) ? "recommendValid" : "expectValid").GetBoolean() && !StricterThanJose.Refuses(text, Now);

        var verdict = Verify(text, JsonSerializer.SerializeToUtf8Bytes(Root.GetProperty("keySets").GetProperty(item.GetProperty("keySet").GetString()!)));

        (verdict is TokenVerdict.Accepted).ShouldBe(expected, verdict?.ToString());
    }

    [Fact]
    public void Claims_of_the_valid_token_are_read()
    {
        var expected = Root.GetProperty("claimsOfValid");
        var claims = Root.Items("tokens")
            .Where(item => item.GetProperty("expectValid").GetBoolean())
            .Select(item => Verify(item.GetProperty("token").GetString()!, JsonSerializer.SerializeToUtf8Bytes(Root.GetProperty("keySets").GetProperty(item.GetProperty("keySet").GetString()!))))
            .OfType<TokenVerdict.Accepted>()
            .Select(accepted => accepted.Claims)
            .First(accepted => !accepted.Permissions.IsEmpty);

        claims.Subject.ShouldBe(expected.GetProperty("sub").GetString());
        claims.SessionId.ShouldBe(expected.GetProperty("sid").GetString());
        claims.OrganizationId.ShouldBe(expected.GetProperty("org_id").GetString());
        claims.Role.ShouldBe(expected.GetProperty("role").GetString());
        claims.Roles.ShouldBe(Texts("roles"));
        claims.Permissions.ShouldBe(Texts("permissions"));
        claims.Entitlements.ShouldBe(Texts("entitlements"));
        claims.FeatureFlags.ShouldBe(Texts("feature_flags"));
        claims.ExpiresAt.ToUnixTimeSeconds().ShouldBe(expected.GetProperty("exp").GetInt64());
        claims.IssuedAt?.ToUnixTimeSeconds().ShouldBe(expected.GetProperty("iat").GetInt64());

        IEnumerable<string?> Texts(string name) => expected.GetProperty(name).EnumerateArray().Select(item => item.GetString());
    }

    /// <summary>The verdict, or null if there is no usable key to judge with.</summary>
    private static TokenVerdict? Verify(string text, byte[] keySet) => JsonWebToken.Read(text, Rules.MaximumLength) is not { } token
        ? new TokenVerdict.Undecodable()
        : JwksDocument.Read(keySet) is JwksResult.Accepted(var keys) ? new JwtVerifier(Rules).Verify(token, keys, Now) : null;
}
