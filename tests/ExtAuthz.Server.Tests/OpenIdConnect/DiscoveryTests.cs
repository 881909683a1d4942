using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Server.OpenIdConnect;

namespace ExtAuthz.Server.Tests.OpenIdConnect;

/// <summary>Threats 29 and 30: where a discovered provider may lead us, and whose metadata we believe.</summary>
public sealed class DiscoveryTests
{
    [Fact]
    public async Task The_keys_are_where_the_metadata_say()
    {
        await using var world = await ProviderWorld.WarmAsync();

        world.Calls.ShouldBe(["GET https://idp.example.com/tenant/.well-known/openid-configuration", "GET https://idp.example.com/tenant/keys"]);
        world.HasKeys.ShouldBeTrue();
    }

    [Theory]
    [InlineData("https://IDP.example.com/tenant")]
    [InlineData("https://idp.example.com/tenant/")]
    [InlineData("https://idp.example.com/other")]
    [InlineData("https://idp.example.com:443/tenant")]
    [InlineData("http://idp.example.com/tenant")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Metadata_of_another_issuer_are_refused(string? issuer) =>
        (await FaultAsync(metadata => metadata["issuer"] = issuer)).ShouldBe(DiscoveryFault.Issuer);

    [Theory]
    [InlineData("https://evil.example.com/keys")]
    [InlineData("https://idp.example.com.evil.example/keys")]
    [InlineData("https://idp.example.com@evil.example/keys")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::ffff:169.254.169.254]/")]
    [InlineData("https://2852039166/")]
    [InlineData("https://127.0.0.1/keys")]
    [InlineData("https://localhost/keys")]
    [InlineData("https://[::1]/keys")]
    [InlineData("https://0.0.0.0/keys")]
    [InlineData("https://[fe80::1]/keys")]
    [InlineData("http://idp.example.com/keys")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/keys")]
    [InlineData("")]
    public async Task Endpoints_elsewhere_are_refused_and_never_called(string address)
    {
        foreach (var member in new[] { "jwks_uri", "token_endpoint", "authorization_endpoint" })
        {
            (await FaultAsync(metadata => metadata[member] = address)).ShouldBe(DiscoveryFault.Endpoint, member);
        }

        await using var world = await ProviderWorld.WarmAsync(metadata: metadata => metadata["jwks_uri"] = address);
        world.Calls.ShouldHaveSingleItem();
        world.Discovery.Known.ShouldBeNull();
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("127.0.0.1")]
    public async Task A_listed_host_is_still_no_way_to_internal_addresses(string host) =>
        (await FaultAsync(metadata => metadata["jwks_uri"] = $"https://{host}/keys", ProviderWorld.DefaultSettings with { AllowedHosts = [host] })).ShouldBe(DiscoveryFault.Endpoint);

    [Fact]
    public async Task A_listed_host_may_have_an_endpoint()
    {
        await using var world = await ProviderWorld.WarmAsync(ProviderWorld.DefaultSettings with { AllowedHosts = ["keys.example.net"] }, metadata => metadata["jwks_uri"] = "https://keys.example.net/keys");

        world.Calls[^1].ShouldBe("GET https://keys.example.net/keys");
    }

    [Fact]
    public async Task A_provider_without_S256_is_refused() =>
        (await FaultAsync(metadata => metadata["code_challenge_methods_supported"] = new JsonArray("plain"))).ShouldBe(DiscoveryFault.Pkce);

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"issuer":"https://idp.example.com/tenant","issuer":"https://idp.example.com/tenant"}""")]
    public void What_is_not_strict_JSON_is_malformed(string text) =>
        MetadataDocument.Read(Encoding.UTF8.GetBytes(text), ProviderWorld.DefaultSettings).ShouldBe(new DiscoveryResult.Refused(DiscoveryFault.Malformed));

    [Fact]
    public async Task Too_many_bytes_are_not_read()
    {
        await using var world = new ProviderWorld();
        world.Metadata["padding"] = new string('x', MetadataDocument.MaximumBytes);

        (await world.Discovery.FindAsync(TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Theory]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task Another_status_brings_nothing_and_leads_nowhere(int status)
    {
        await using var world = new ProviderWorld { Discover = () => new HttpResponseMessage((HttpStatusCode)status) { Headers = { Location = new Uri("https://evil.example.com/") } } };

        (await world.Discovery.FindAsync(TestContext.Current.CancellationToken)).ShouldBeNull();
        world.Calls.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_unreachable_provider_is_found_when_it_is_back()
    {
        await using var world = new ProviderWorld { Discover = () => throw new HttpRequestException(HttpRequestError.ConnectionError) };
        await world.FetchKeysAsync();
        world.HasKeys.ShouldBeFalse();

        world.Discover = null;
        await world.FetchKeysAsync();

        world.HasKeys.ShouldBeTrue();
    }

    [Fact]
    public async Task Metadata_serve_an_hour_without_a_call_and_a_day_through_an_outage()
    {
        await using var world = await ProviderWorld.WarmAsync();
        world.Discover = () => throw new HttpRequestException(HttpRequestError.ConnectionError);
        var find = () => world.Discovery.FindAsync(TestContext.Current.CancellationToken);
        world.Calls.Clear();

        world.Clock.SetUtcNow(world.Clock.GetUtcNow() + TimeSpan.FromMinutes(59));
        (await find()).ShouldNotBeNull();
        world.Calls.Where(call => call.EndsWith("configuration", StringComparison.Ordinal)).ShouldBeEmpty();

        world.Clock.Advance(TimeSpan.FromHours(22));
        (await find()).ShouldNotBeNull();

        world.Clock.Advance(TimeSpan.FromHours(2));
        (await find()).ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => world.Provider.AuthorizationUrl(new(new SealedState("state"), "challenge", default)));
    }

    private static async Task<DiscoveryFault?> FaultAsync(Action<JsonObject> change, OpenIdConnectSettings? settings = null)
    {
        await using var world = new ProviderWorld(settings);
        change(world.Metadata);
        var result = MetadataDocument.Read(Encoding.UTF8.GetBytes(world.Metadata.ToJsonString()), world.Settings);
        return (result as DiscoveryResult.Refused)?.Fault;
    }
}
