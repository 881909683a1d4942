using System.Text.Json.Nodes;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.Tests.Tokens;

namespace ExtAuthz.Server.Tests.OpenIdConnect;

/// <summary>Security row 38: nothing passes for a logout token but a logout token.</summary>
public sealed class LogoutTokensTests
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";
    private const long Now = 1_750_000_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("logout+jwt")]
    [InlineData("application/logout+jwt")]
    [InlineData("JWT")]
    [InlineData(null)]
    public async Task A_logout_token_names_a_session_a_user_or_both(string? type)
    {
        await using var world = await ProviderWorld.WarmAsync();

        (await VerifyAsync(world, type, Claims())).ShouldBe(new LogoutTokenVerdict.Accepted(new LogoutClaims("token_1", "session_1", "user_1", DateTimeOffset.FromUnixTimeSeconds(Now))));
        (await VerifyAsync(world, type, Claims(("sub", null)))).ShouldBeOfType<LogoutTokenVerdict.Accepted>().Claims.Subject.ShouldBeNull();
        (await VerifyAsync(world, type, Claims(("sid", null)))).ShouldBeOfType<LogoutTokenVerdict.Accepted>().Claims.SessionId.ShouldBeNull();
        (await VerifyAsync(world, type, Claims(("exp", null)))).ShouldBeOfType<LogoutTokenVerdict.Accepted>();
    }

    [Theory]
    [InlineData("iss", "\"https://idp.example.com/tenant/\"", LogoutFault.Issuer)]
    [InlineData("iss", null, LogoutFault.Issuer)]
    [InlineData("aud", "\"client 2\"", LogoutFault.Audience)]
    [InlineData("aud", "[\"client 1\",\"client 2\"]", LogoutFault.Audience)]
    [InlineData("aud", null, LogoutFault.Audience)]
    [InlineData("azp", "\"client 2\"", LogoutFault.Audience)]
    [InlineData("iat", null, LogoutFault.Age)]
    [InlineData("iat", "\"1750000000\"", LogoutFault.TokenNotUsable)]
    [InlineData("iat", "1749999399", LogoutFault.Age)]
    [InlineData("iat", "1750000061", LogoutFault.TokenNotUsable)]
    [InlineData("exp", "1750000000", LogoutFault.TokenNotUsable)]
    [InlineData("exp", "null", LogoutFault.TokenNotUsable)]
    [InlineData("exp", "1750090000", LogoutFault.TokenNotUsable)]
    [InlineData("events", null, LogoutFault.NoLogout)]
    [InlineData("events", "{}", LogoutFault.NoLogout)]
    [InlineData("events", "[\"http://schemas.openid.net/event/backchannel-logout\"]", LogoutFault.NoLogout)]
    [InlineData("events", "{\"http://schemas.openid.net/event/backchannel-logout\":true}", LogoutFault.NoLogout)]
    [InlineData("events", "{\"http://schemas.openid.net/event/other\":{\"http://schemas.openid.net/event/backchannel-logout\":{}}}", LogoutFault.NoLogout)]
    [InlineData("nonce", "\"nonce_1\"", LogoutFault.NoLogout)]
    [InlineData("nonce", "null", LogoutFault.NoLogout)]
    [InlineData("jti", null, LogoutFault.TokenId)]
    [InlineData("jti", "\"\"", LogoutFault.TokenId)]
    [InlineData("jti", "1", LogoutFault.TokenId)]
    [InlineData("sub", "\"\"", LogoutFault.Subject)]
    [InlineData("sid", "\"\"", LogoutFault.Subject)]
    [InlineData("sid", "1", LogoutFault.Subject)]
    public async Task A_claim_that_is_wrong_refuses_it(string claim, string? json, LogoutFault fault)
    {
        await using var world = await ProviderWorld.WarmAsync();

        (await VerifyAsync(world, "logout+jwt", Claims((claim, json)))).ShouldBe(new LogoutTokenVerdict.Refused(fault));
    }

    [Theory]
    [InlineData("1749999399")]
    [InlineData("1750000061")]
    [InlineData("\"1750000000\"")]
    public async Task Without_an_end_its_age_is_what_bounds_it(string issuedAt)
    {
        await using var world = await ProviderWorld.WarmAsync();

        (await VerifyAsync(world, "logout+jwt", Claims(("exp", null), ("iat", issuedAt)))).ShouldBe(new LogoutTokenVerdict.Refused(LogoutFault.Age));
    }

    [Fact]
    public async Task Whom_it_is_about_must_be_said()
    {
        await using var world = await ProviderWorld.WarmAsync();

        (await VerifyAsync(world, "logout+jwt", Claims(("sub", null), ("sid", null)))).ShouldBe(new LogoutTokenVerdict.Refused(LogoutFault.Subject));
    }

    [Theory]
    [InlineData("at+jwt")]
    [InlineData("id_token")]
    [InlineData("secevent+jwt")]
    [InlineData("")]
    public async Task A_token_of_another_kind_is_refused_whatever_it_says(string type)
    {
        await using var world = await ProviderWorld.WarmAsync();

        (await VerifyAsync(world, type, Claims())).ShouldBe(new LogoutTokenVerdict.Refused(LogoutFault.TokenNotUsable));
    }

    [Fact]
    public async Task Neither_an_ID_token_nor_an_access_token_passes_for_one()
    {
        await using var world = await ProviderWorld.WarmAsync();

        (await VerifyAsync(world, ProviderWorld.IdToken(world.IdClaims()))).ShouldBe(new LogoutTokenVerdict.Refused(LogoutFault.NoLogout));
        (await VerifyAsync(world, world.AccessToken())).ShouldBe(new LogoutTokenVerdict.Refused(LogoutFault.Audience));
    }

    [Fact]
    public async Task A_stranger_s_signature_none_and_nonsense_are_refused()
    {
        await using var world = await ProviderWorld.WarmAsync();

        (await VerifyAsync(world, TokenKeys.Sign(TokenKeys.Stranger, "k1", Claims()))).ShouldBe(new LogoutTokenVerdict.Refused(LogoutFault.TokenNotUsable));
        (await VerifyAsync(world, $"{TokenKeys.Text("""{"alg":"none"}""")}.{TokenKeys.Text(Claims().ToJsonString())}.")).ShouldBe(new LogoutTokenVerdict.Refused(LogoutFault.TokenNotUsable));
        (await VerifyAsync(world, "x")).ShouldBe(new LogoutTokenVerdict.Refused(LogoutFault.TokenUndecodable));
    }

    [Fact]
    public async Task A_key_that_is_new_is_fetched()
    {
        await using var world = await ProviderWorld.WarmAsync();
        world.Keys = TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1, "k1"), TokenKeys.Jwk(TokenKeys.K2, "k2"));

        (await VerifyAsync(world, TokenKeys.Sign(TokenKeys.K2, "k2", Claims()))).ShouldBeOfType<LogoutTokenVerdict.Accepted>();
    }

    [Fact]
    public async Task Without_keys_nothing_is_known()
    {
        await using var world = new ProviderWorld { Discover = () => throw new HttpRequestException(HttpRequestError.ConnectionError) };

        (await VerifyAsync(world, "logout+jwt", Claims())).ShouldBeOfType<LogoutTokenVerdict.Unverifiable>();
    }

    /// <summary>The claims of a good token but for these; null leaves one out.</summary>
    private static JsonObject Claims(params (string Name, string? Json)[] changes)
    {
        var claims = new JsonObject
        {
            ["iss"] = ProviderWorld.Issuer,
            ["aud"] = ProviderWorld.DefaultSettings.ClientId,
            ["iat"] = Now,
            ["exp"] = Now + 120,
            ["jti"] = "token_1",
            ["sub"] = "user_1",
            ["sid"] = "session_1",
            ["events"] = new JsonObject { [Event] = new JsonObject() },
        };
        foreach (var (name, json) in changes)
        {
            claims.Remove(name);
            if (json is not null)
            {
                claims[name] = JsonNode.Parse(json);
            }
        }

        return claims;
    }

    private static Task<LogoutTokenVerdict> VerifyAsync(ProviderWorld world, string? type, JsonObject claims)
    {
        var header = new JsonObject { ["alg"] = "RS256", ["kid"] = "k1" };
        if (type is not null)
        {
            header["typ"] = type;
        }

        return VerifyAsync(world, TokenKeys.Sign(TokenKeys.K1, header, claims));
    }

    private static Task<LogoutTokenVerdict> VerifyAsync(ProviderWorld world, string token) => world.LogoutTokens.VerifyAsync(new LogoutToken(token), Stop).AsTask();
}
