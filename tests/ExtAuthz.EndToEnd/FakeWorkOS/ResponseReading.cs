using System.Net;
using System.Text.Json.Nodes;

namespace ExtAuthz.EndToEnd.FakeWorkOS;

/// <summary>Reads answers of the fake, checking their status on the way.</summary>
internal static class ResponseReading
{
    public static async Task<JsonObject> JsonAsync(this HttpResponseMessage response, HttpStatusCode expected)
    {
        var body = await response.TextAsync(expected);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return JsonNode.Parse(body)!.AsObject();
    }

    public static async Task<string> TextAsync(this HttpResponseMessage response, HttpStatusCode expected)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(expected, body);
        return body;
    }

    public static async Task<string> RefreshTokenAsync(this Task<HttpResponseMessage> response) =>
        (await (await response).JsonAsync(HttpStatusCode.OK))["refresh_token"]!.GetValue<string>();

    public static async Task ShouldBeInvalidGrantAsync(this Task<HttpResponseMessage> response, string description)
    {
        var body = await (await response).JsonAsync(HttpStatusCode.BadRequest);
        body["error"]!.GetValue<string>().ShouldBe("invalid_grant");
        body["error_description"]!.GetValue<string>().ShouldBe(description);
    }
}
