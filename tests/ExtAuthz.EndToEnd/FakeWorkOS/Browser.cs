using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace ExtAuthz.EndToEnd.FakeWorkOS;

/// <summary>A browser without script: opens the sign-in page, reads its form, presses a button.</summary>
internal sealed partial class Browser(RunningFake fake)
{
    public const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    public Dictionary<string, string?> Request { get; } = new(StringComparer.Ordinal)
    {
        ["client_id"] = fake.Options.ClientId,
        ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
        ["code_challenge_method"] = "S256",
        ["provider"] = "authkit",
        ["redirect_uri"] = RunningFake.Callback,
        ["response_type"] = "code",
        ["state"] = "Fe26.2*1*ab_-*x~2 +&=%/é\"<>",
    };

    public Task<HttpResponseMessage> OpenAsync() => fake.GetAsync(QueryHelpers.AddQueryString("/user_management/authorize", Request));

    /// <summary>Opens the page, posts its hidden fields with the button, and returns the query of the callback it is sent to.</summary>
    public async Task<Dictionary<string, string>> PressAsync(string button, string value)
    {
        var page = await (await OpenAsync()).TextAsync(HttpStatusCode.OK);
        var form = HiddenField().Matches(page).Select(field => KeyValuePair.Create(Decoded(field, "name"), Decoded(field, "value")));
        var response = await fake.PostFormAsync("/user_management/authorize", [.. form, KeyValuePair.Create(button, value)]);
        return CallbackQuery(response);
    }

    public async Task<string> SignInAsync(string userId) => (await PressAsync("user", userId))["code"];

    public static Dictionary<string, string> CallbackQuery(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var location = response.Headers.Location!.OriginalString;
        location.ShouldStartWith(RunningFake.Callback + "&");
        return QueryHelpers.ParseQuery(new Uri(location).Query).ToDictionary(pair => pair.Key, pair => pair.Value.Single()!, StringComparer.Ordinal);
    }

    private static string Decoded(Match field, string group) => WebUtility.HtmlDecode(field.Groups[group].Value);

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)">""", RegexOptions.NonBacktracking)]
    private static partial Regex HiddenField();
}
