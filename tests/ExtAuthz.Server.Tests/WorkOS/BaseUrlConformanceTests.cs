using System.Text.Json;
using ExtAuthz.Server.WorkOS;
using ExtAuthz.Tests.Shared;

namespace ExtAuthz.Server.Tests.WorkOS;

/// <summary>The API's base URL, and what is built on it, as WorkOS' Node SDK writes them.</summary>
public sealed class BaseUrlConformanceTests
{
    /// <summary>What the recordings were made with.</summary>
    private const string ClientId = "client_1";
    private const string SessionId = "session_1";
    private const string ReturnTo = "https://a/b?c=d&e=f g";

    [Fact]
    public void Every_recorded_base_url_is_reproduced_byte_for_byte()
    {
        using var fixture = FixtureFolder.Open("fixtures/misc.json");
        fixture.RootElement.Items("baseUrls").ShouldAllSatisfy(test =>
        {
            var baseUrl = BaseOf(test.GetProperty("options"));

            baseUrl.ShouldBe(test.GetProperty("baseURL").GetString());
            WorkOSUrls.Jwks(baseUrl, ClientId).ShouldBe(test.GetProperty("jwks").GetString());
            WorkOSUrls.Logout(baseUrl, SessionId, returnTo: null).ShouldBe(test.GetProperty("logout").GetString());
            WorkOSUrls.Logout(baseUrl, SessionId, ReturnTo).ShouldBe(test.GetProperty("logoutReturn").GetString());
        });
    }

    private static string BaseOf(JsonElement options) => WorkOSUrls.Base(
        options.TryGetProperty("apiHostname", out var host) ? host.GetString() ?? "" : "",
        options.TryGetProperty("port", out var port) ? port.GetInt32() : null,
        !options.TryGetProperty("https", out var https) || https.GetBoolean());
}
