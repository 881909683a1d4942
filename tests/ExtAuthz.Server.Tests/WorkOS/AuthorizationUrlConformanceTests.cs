using System.Text.Json;
using ExtAuthz.Server.WorkOS;
using ExtAuthz.Tests.Shared;

namespace ExtAuthz.Server.Tests.WorkOS;

/// <summary>Authorization URLs as WorkOS' Node SDK writes them.</summary>
public sealed class AuthorizationUrlConformanceTests
{
    [Fact]
    public void Every_recorded_authorization_url_is_reproduced_byte_for_byte()
    {
        using var fixture = FixtureFolder.Open("fixtures/misc.json");
        fixture.RootElement.Items("authorizationUrls").ShouldAllSatisfy(test =>
            WorkOSUrls.Authorize("https://api.workos.com", ParametersOf(test.GetProperty("options"))).ShouldBe(test.GetProperty("url").GetString()));
    }

    private static IEnumerable<KeyValuePair<string, string>> ParametersOf(JsonElement options) => options.EnumerateObject()
        .SelectMany(option => Spread(JsonNamingPolicy.SnakeCaseLower.ConvertName(option.Name), option.Value))
        .Append(new("response_type", "code"));

    private static IEnumerable<KeyValuePair<string, string>> Spread(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Spread(name, item)),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Spread($"{name}[{member.Name}]", member.Value)),
        JsonValueKind.String => [new(name, value.GetString() ?? "")],
        JsonValueKind.Null => [],
        _ => [new(name, value.GetRawText())],
    };
}
