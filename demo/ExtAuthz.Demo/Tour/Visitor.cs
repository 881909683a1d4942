using System.Net;
using System.Text.RegularExpressions;

namespace ExtAuthz.Demo.Tour;

/// <summary>A browser without script: keeps cookies, opens pages, fetches data, presses the buttons of a form. It follows a redirect only when told to.</summary>
internal sealed partial class Visitor : IDisposable
{
    public const string SessionCookie = "wos-session";

    private readonly CookieContainer _cookies = new();
    private readonly Uri _origin;
    private readonly HttpClient _browser;
    private readonly HttpClient _bare;
    private readonly CancellationToken _stopping;

    public Visitor(Uri origin, CancellationToken stopping)
    {
        (_origin, _stopping) = (origin, stopping);
        _browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies });
        _bare = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    }

    /// <summary>The sealed session that the browser holds.</summary>
    public string? Session => _cookies.GetCookies(_origin)[SessionCookie]?.Value;

    /// <summary>Opens a page as a click does.</summary>
    public Task<Reply> OpenAsync(string address) => SendAsync(_browser, Request(HttpMethod.Get, address, "text/html", "navigate"));

    /// <summary>Asks for data as a script does, with headers of its own.</summary>
    public Task<Reply> FetchAsync(string address, params (string Name, string Value)[] headers) => SendAsync(_browser, FetchRequest(address, headers));

    /// <summary>The same fetch many times at once, each with the cookie that the browser holds now.</summary>
    public Task<Reply[]> FetchAtOnceAsync(string address, int times)
    {
        var cookie = ("cookie", $"{SessionCookie}={Session}");
        return Task.WhenAll(Enumerable.Range(0, times).Select(_ => SendAsync(_bare, FetchRequest(address, cookie))));
    }

    /// <summary>Presses this user's button on the provider's page and returns where that leads: the callback.</summary>
    public async Task<Uri> ChooseUserAsync(Uri signInPage, string userId)
    {
        var page = await OpenAsync(signInPage.AbsoluteUri);
        var fields = HiddenField().Matches(page.Body).Select(field => KeyValuePair.Create(Decode(field, "name"), Decode(field, "value")));
        var press = Request(HttpMethod.Post, signInPage.GetLeftPart(UriPartial.Path), "text/html", "navigate");
        press.Content = new FormUrlEncodedContent([.. fields, KeyValuePair.Create("user", userId)]);
        return (await SendAsync(_browser, press)).Target;
    }

    public void Dispose()
    {
        _browser.Dispose();
        _bare.Dispose();
    }

    private async Task<Reply> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await client.SendAsync(request, _stopping);
            return await Reply.ReadAsync(response, _stopping);
        }
    }

    private HttpRequestMessage FetchRequest(string address, params (string Name, string Value)[] headers)
    {
        var request = Request(HttpMethod.Get, address, "application/json", "cors");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private HttpRequestMessage Request(HttpMethod method, string address, string accept, string mode) => new(method, new Uri(_origin, address))
    {
        Headers = { { "Accept", accept }, { "Sec-Fetch-Mode", mode } },
    };

    private static string Decode(Match field, string group) => WebUtility.HtmlDecode(field.Groups[group].Value);

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)">""", RegexOptions.NonBacktracking)]
    private static partial Regex HiddenField();
}
