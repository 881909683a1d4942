using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.OpenIdConnect;
using ExtAuthz.Server.Tests.Tokens;

namespace ExtAuthz.Server.Tests.OpenIdConnect;

public sealed class OpenIdConnectIdentityProviderTests
{
    private const string CodeForm = "grant_type=authorization_code&code=code%2F1&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&code_verifier=verifier_1";

    [Fact]
    public async Task A_sign_in_asks_for_all_that_it_must_and_may()
    {
        await using var world = await ProviderWorld.WarmAsync(ProviderWorld.DefaultSettings with { AudienceParameter = "resource", OrganizationParameter = "organization" });
        var request = new AuthorizationRequest(new SealedState("state~1"), "challenge_1", ScreenHint.SignIn)
        {
            Nonce = "nonce_1", OrganizationId = "org_1", LoginHint = "a b@example.com", Prompt = "login", MaxAge = TimeSpan.FromMinutes(5),
        };

        world.Provider.AuthorizationUrl(request).ShouldBe(
            "https://idp.example.com/tenant/authorize?client_id=client%201&response_type=code&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&scope=openid%20email"
            + "&state=state~1&nonce=nonce_1&code_challenge=challenge_1&code_challenge_method=S256&prompt=login&login_hint=a%20b%40example.com&max_age=300"
            + "&resource=https%3A%2F%2Fapi.example.com&organization=org_1");
    }

    [Theory]
    [InlineData(ScreenHint.SignUp, true, true)]
    [InlineData(ScreenHint.SignUp, false, false)]
    [InlineData(ScreenHint.SignIn, true, false)]
    public async Task Sign_up_is_prompted_where_the_provider_can(ScreenHint hint, bool canCreate, bool prompts)
    {
        await using var world = await ProviderWorld.WarmAsync(metadata: metadata => metadata["prompt_values_supported"] = canCreate ? new JsonArray("create", "none") : new JsonArray("none"));

        world.Provider.AuthorizationUrl(new AuthorizationRequest(new SealedState("s"), "c", hint)).Contains("&prompt=create", StringComparison.Ordinal).ShouldBe(prompts);
    }

    [Fact]
    public async Task A_sign_out_ends_the_session_at_the_provider_where_it_can()
    {
        await using var world = await ProviderWorld.WarmAsync();
        await using var without = await ProviderWorld.WarmAsync(metadata: metadata => metadata.Remove("end_session_endpoint"));
        var request = new SignOutRequest("session_1", new IdToken("a.b.c"), "https://app.example.com/");

        world.Provider.SignOutUrl(request).ShouldBe("https://idp.example.com/tenant/logout?from=app&id_token_hint=a.b.c&post_logout_redirect_uri=https%3A%2F%2Fapp.example.com%2F&client_id=client%201");
        without.Provider.SignOutUrl(request).ShouldBeNull();
    }

    [Theory]
    [InlineData(true, ProviderWorld.Issuer)]
    [InlineData(false, null)]
    public async Task The_issuer_is_promised_where_the_metadata_say_so(bool promised, string? issuer)
    {
        await using var world = await ProviderWorld.WarmAsync(metadata: metadata => metadata["authorization_response_iss_parameter_supported"] = promised);

        world.Provider.PromisedIssuer.ShouldBe(issuer);
    }

    [Fact]
    public async Task The_secret_travels_in_a_header_form_encoded_first()
    {
        await using var world = await ProviderWorld.WarmAsync();
        await world.ExchangeAsync();

        world.Calls[^1].ShouldBe("POST https://idp.example.com/tenant/token");
        world.TokenCall.Form.ShouldBe(CodeForm);
        world.TokenCall.Authorization.ShouldNotBeNull().Scheme.ShouldBe("Basic");
        Encoding.ASCII.GetString(Convert.FromBase64String(world.TokenCall.Authorization.Parameter!)).ShouldBe("client+1:s%3Aecret%2B1");
    }

    [Fact]
    public async Task The_secret_travels_in_the_body()
    {
        await using var world = await ProviderWorld.WarmAsync(ProviderWorld.DefaultSettings with { ClientAuthentication = ClientAuthentication.ClientSecretPost });
        await world.ExchangeAsync();

        world.TokenCall.ShouldBe((null, $"{CodeForm}&client_id=client+1&client_secret=s%3Aecret%2B1"));
    }

    [Fact]
    public async Task A_key_of_ours_signs_an_assertion_for_a_minute()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var world = await ProviderWorld.WarmAsync(ProviderWorld.DefaultSettings with { ClientAuthentication = ClientAuthentication.PrivateKeyJwt, ClientKey = ClientKey.Read(key.ExportPkcs8PrivateKeyPem()) });
        await world.ExchangeAsync();

        world.TokenCall.Authorization.ShouldBeNull();
        var prefix = $"{CodeForm}&client_id=client+1&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=";
        world.TokenCall.Form.ShouldStartWith(prefix);
        var parts = world.TokenCall.Form[prefix.Length..].Split('.');
        Text(parts[0]).ShouldBe("""{"alg":"ES256","typ":"JWT"}""");
        Text(parts[1]).ShouldBe("""{"iss":"client 1","sub":"client 1","aud":"https://idp.example.com/tenant","jti":"abababab-abab-4bab-abab-abababababab","iat":1750000000,"exp":1750000060}""");
        key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256).ShouldBeTrue();
    }

    [Fact]
    public async Task A_code_buys_a_session_whose_user_is_as_AuthKit_writes_it()
    {
        await using var world = await ProviderWorld.WarmAsync();

        var session = (await world.ExchangeAsync()).ShouldBeOfType<CodeExchange.SignedIn>().Session;

        session.RefreshToken.ShouldBe(new RefreshToken("refresh_2"));
        session.IdToken.ShouldNotBeNull();
        var user = session.User.ShouldNotBeNull();
        user.Id.ShouldBe("user_1");
        user.Email.ShouldBe("ada@example.com");
        user.Json.ShouldBe("""{"object":"user","id":"user_1","email":"ada@example.com","emailVerified":true,"name":null,"firstName":"Ada","lastName":"Lovelace","externalId":null,"metadata":{}}""");
        (await world.Verifier.VerifyAsync(session.AccessToken, TestContext.Current.CancellationToken)).ShouldBeOfType<TokenVerdict.Accepted>();
    }

    [Theory]
    [InlineData("nonce", "\"nonce_2\"", "Nonce")]
    [InlineData("nonce", null, "Nonce")]
    [InlineData("iss", "\"https://idp.example.com/tenant/\"", "Issuer")]
    [InlineData("aud", "\"client 2\"", "Audience")]
    [InlineData("aud", "[\"client 1\",\"client 2\"]", "Audience")]
    [InlineData("azp", "\"client 2\"", "AuthorizedParty")]
    [InlineData("at_hash", "\"AAAAAAAAAAAAAAAAAAAAAA\"", "AccessTokenHash")]
    [InlineData("exp", "1750000000", "NotUsable")]
    [InlineData("iat", "1749999000", "Age")]
    [InlineData("sub", "\"\"", "NotUsable")]
    public async Task An_ID_token_that_is_not_the_answer_to_our_request_begins_no_session(string claim, string? value, string fault)
    {
        await using var world = await ProviderWorld.WarmAsync();
        var claims = world.IdClaims();
        claims[claim] = value is null ? null : JsonNode.Parse(value);
        Answer(world, ProviderWorld.IdToken(claims));

        (await world.ExchangeAsync()).ShouldBe(new CodeExchange.Unavailable($"ID token refused: {fault}"));
    }

    [Fact]
    public async Task An_ID_token_of_a_stranger_or_without_a_signature_begins_no_session()
    {
        await using var world = await ProviderWorld.WarmAsync();
        foreach (var token in new[] { TokenKeys.Sign(TokenKeys.Stranger, "k1", world.IdClaims()), $"{TokenKeys.Text("""{"alg":"none"}""")}.{TokenKeys.Text(world.IdClaims().ToJsonString())}." })
        {
            Answer(world, token);
            (await world.ExchangeAsync()).ShouldBe(new CodeExchange.Unavailable("ID token refused: NotUsable"));
        }
    }

    [Fact]
    public async Task A_key_that_is_new_is_fetched_for_the_ID_token()
    {
        await using var world = await ProviderWorld.WarmAsync();
        world.Keys = TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1, "k1"), TokenKeys.Jwk(TokenKeys.K2, "k2"));
        Answer(world, TokenKeys.Sign(TokenKeys.K2, "k2", world.IdClaims()));

        (await world.ExchangeAsync()).ShouldBeOfType<CodeExchange.SignedIn>();
    }

    [Theory]
    [InlineData("id_token", "no ID token: is the scope openid?")]
    [InlineData("refresh_token", "no refresh token: is the scope offline_access?")]
    public async Task A_code_that_does_not_buy_all_tokens_begins_no_session(string missing, string cause)
    {
        await using var world = await ProviderWorld.WarmAsync();
        var whole = world.Tokens;
        world.Tokens = form =>
        {
            var body = JsonNode.Parse(whole(form).Content.ReadAsStringAsync().Result)!.AsObject();
            body.Remove(missing);
            return ProviderWorld.Json(body);
        };

        (await world.ExchangeAsync()).ShouldBe(new CodeExchange.Unavailable(cause));
    }

    [Theory]
    [InlineData("aud", "\"https://other.example.com\"", TokenFault.Audience)]
    [InlineData("aud", null, TokenFault.Audience)]
    [InlineData("iss", "\"https://idp.example.com/other\"", TokenFault.Issuer)]
    [InlineData("client_id", "\"client 2\"", TokenFault.Client)]
    public async Task An_access_token_for_somebody_else_is_no_proof(string claim, string? value, TokenFault fault)
    {
        await using var world = await ProviderWorld.WarmAsync();
        var claims = world.AccessClaims();
        claims[claim] = value is null ? null : JsonNode.Parse(value);
        var token = new AccessToken(TokenKeys.Sign(TokenKeys.K1, "k1", claims));

        (await world.Verifier.VerifyAsync(token, TestContext.Current.CancellationToken)).ShouldBeOfType<TokenVerdict.NotUsable>().Fault.ShouldBe(fault);
    }

    [Fact]
    public async Task Claims_are_read_by_their_configured_names()
    {
        await using var world = await ProviderWorld.WarmAsync(ProviderWorld.DefaultSettings with { ClaimNames = new() { OrganizationId = "tid", Role = "https://example.com/role", Permissions = "scp" } });
        var claims = world.AccessClaims();
        (claims["tid"], claims["https://example.com/role"], claims["scp"], claims["org_id"]) = ("org_1", "admin", new JsonArray("read"), "ignored");
        var verdict = await world.Verifier.VerifyAsync(new AccessToken(TokenKeys.Sign(TokenKeys.K1, "k1", claims)), TestContext.Current.CancellationToken);

        var read = verdict.ShouldBeOfType<TokenVerdict.Accepted>().Claims;
        (read.OrganizationId, read.Role, read.Permissions.Single()).ShouldBe(("org_1", "admin", "read"));
    }

    [Fact]
    public async Task A_refresh_rotates_and_checks_the_ID_token_without_a_nonce()
    {
        await using var world = await ProviderWorld.WarmAsync();
        var claims = world.IdClaims();
        claims.Remove("nonce");
        Answer(world, ProviderWorld.IdToken(claims));

        var session = (await world.RefreshAsync()).ShouldBeOfType<RefreshOutcome.Refreshed>().Session;

        world.TokenCall.Form.ShouldBe("grant_type=refresh_token&refresh_token=refresh_1");
        session.RefreshToken.ShouldBe(new RefreshToken("refresh_2"));
        session.User.ShouldNotBeNull().Id.ShouldBe("user_1");
    }

    [Fact]
    public async Task What_a_refresh_does_not_bring_stays_as_it_was()
    {
        await using var world = await ProviderWorld.WarmAsync();
        var old = new Session(new AccessToken("a"), new RefreshToken("refresh_1"), new SessionUser("user_1", null, "{}"), null, null) { IdToken = new IdToken("old") };
        world.Tokens = _ => ProviderWorld.Json(new JsonObject { ["access_token"] = "new", ["token_type"] = "bearer" });

        (await world.RefreshAsync(old)).ShouldBe(new RefreshOutcome.Refreshed(old with { AccessToken = new AccessToken("new") }));
    }

    [Fact]
    public async Task A_refreshed_ID_token_that_does_not_verify_does_not_cost_the_rotated_refresh_token()
    {
        await using var world = await ProviderWorld.WarmAsync();
        var old = new Session(new AccessToken("a"), new RefreshToken("refresh_1"), new SessionUser("user_1", null, "{}"), null, null) { IdToken = new IdToken("old") };
        Answer(world, TokenKeys.Sign(TokenKeys.Stranger, "k1", world.IdClaims()));

        var session = (await world.RefreshAsync(old)).ShouldBeOfType<RefreshOutcome.Refreshed>().Session;

        session.RefreshToken.ShouldBe(new RefreshToken("refresh_2"));
        session.User.ShouldBe(old.User);
        session.IdToken.ShouldBe(old.IdToken);
    }

    [Fact]
    public async Task A_refreshed_ID_token_of_another_user_names_that_user_so_that_the_session_ends()
    {
        await using var world = await ProviderWorld.WarmAsync();
        var claims = world.IdClaims();
        claims["sub"] = "user_2";
        Answer(world, ProviderWorld.IdToken(claims));

        (await world.RefreshAsync()).ShouldBeOfType<RefreshOutcome.Refreshed>().Session.User!.Id.ShouldBe("user_2");
    }

    [Theory]
    [InlineData(400, "invalid_grant", "Ended: invalid_grant")]
    [InlineData(401, "invalid_client", "Misconfigured: 401 invalid_client")]
    [InlineData(401, "invalid_grant", "Misconfigured: 401 invalid_grant")]
    [InlineData(400, "unauthorized_client", "Misconfigured: 400 unauthorized_client")]
    [InlineData(400, "A sentence.", "Misconfigured: 400 unnamed")]
    [InlineData(429, "slow_down", "Transient: status 429")]
    [InlineData(503, "temporarily_unavailable", "Transient: status 503")]
    [InlineData(200, "none", "Transient: 200 without tokens")]
    public async Task Only_invalid_grant_ends_a_session(int status, string error, string outcome)
    {
        await using var world = await ProviderWorld.WarmAsync();
        world.Tokens = _ => ProviderWorld.Json(new JsonObject { ["error"] = error }, status);

        (await world.RefreshAsync() switch
        {
            RefreshOutcome.Ended ended => $"Ended: {ended.Error}",
            RefreshOutcome.Misconfigured fault => $"Misconfigured: {fault.Cause}",
            RefreshOutcome.Transient transient => $"Transient: {transient.Cause}",
            var other => other.ToString(),
        }).ShouldBe(outcome);
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, false)]
    [InlineData(HttpRequestError.NameResolutionError, false)]
    [InlineData(HttpRequestError.ResponseEnded, true)]
    public async Task A_fault_of_the_network_says_whether_the_token_may_have_arrived(HttpRequestError error, bool mayHaveArrived)
    {
        await using var world = await ProviderWorld.WarmAsync();
        world.Tokens = _ => throw new HttpRequestException(error);

        (await world.RefreshAsync()).ShouldBe(new RefreshOutcome.Transient($"network: {error}", null) { MayHaveArrived = mayHaveArrived });
    }

    private static void Answer(ProviderWorld world, string idToken) => world.Tokens = _ => ProviderWorld.Json(
        new JsonObject { ["access_token"] = world.AccessToken(), ["token_type"] = "Bearer", ["refresh_token"] = "refresh_2", ["id_token"] = idToken });

    private static string Text(string base64Url) => Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(base64Url));
}
