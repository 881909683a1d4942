using System.Collections.Immutable;
using System.Net;
using ExtAuthz.Demo.Providers;

namespace ExtAuthz.Demo.Tour;

/// <summary>A browser without script: keeps cookies, opens pages, fetches data, presses the buttons of a form. It follows a redirect only when told to.</summary>
internal sealed class Visitor : IDisposable
{
    public const string SessionCookie = "wos-session";
    public const string FlowCookie = "wos-auth-verifier-";

    private const int MostPages = 12;

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

    /// <summary>The names of the site's cookies.</summary>
    public ImmutableArray<string> Cookies => [.. _cookies.GetCookies(_origin).Select(cookie => cookie.Name).Order(StringComparer.Ordinal)];

    /// <summary>How many sign-ins were begun and not finished.</summary>
    public int OpenSignIns => Cookies.Count(name => name.StartsWith(FlowCookie, StringComparison.Ordinal));

    /// <summary>Keeps a cookie of the site.</summary>
    public void Keep(string name, string value) => _cookies.Add(_origin, new Cookie(name, value));

    /// <summary>Opens a page as a click does.</summary>
    public Task<Reply> OpenAsync(string address, params (string Name, string Value)[] headers) => SendAsync(_browser, Request(HttpMethod.Get, address, "text/html", "navigate", headers));

    /// <summary>Presses a button of one of the site's own pages.</summary>
    public Task<Reply> PressAsync(string address) => SendAsync(
        _browser,
        Request(HttpMethod.Post, address, "text/html", "navigate", ("origin", _origin.GetLeftPart(UriPartial.Authority)), ("sec-fetch-site", "same-origin")));

    /// <summary>Asks for data as a script does, with headers of its own.</summary>
    public Task<Reply> FetchAsync(string address, params (string Name, string Value)[] headers) => SendAsync(_browser, Request(HttpMethod.Get, address, "application/json", "cors", headers));

    /// <summary>The same fetch many times at once, each with the cookie that the browser holds now.</summary>
    public Task<Reply[]> FetchAtOnceAsync(string address, int times) => Task.WhenAll(Enumerable.Range(0, times).Select(_ => FetchAsync(address, Session ?? "")));

    /// <summary>Fetches the protected page with a session from elsewhere and none of the browser's cookies.</summary>
    public Task<Reply> ReplayAsync(string session) => FetchAsync(TourWorld.ProtectedPage, session);

    /// <summary>Opens a page and signs in there; returns the answer of the callback, whose redirect is not followed.</summary>
    public async Task<Reply> SignInAsync(string address, DemoUser user) => await FinishSignInAsync((await OpenAsync(address)).Target, user);

    /// <summary>The same from the provider's page on.</summary>
    public async Task<Reply> FinishSignInAsync(Uri signInPage, DemoUser user) => await OpenAsync((await ReturnFromAsync(signInPage, user)).AbsoluteUri);

    /// <summary>Does at the provider what its pages ask of this user, until they lead back to the site, and returns where: not yet opened.</summary>
    public async Task<Uri> ReturnFromAsync(Uri page, DemoUser user)
    {
        var request = Request(HttpMethod.Get, page.AbsoluteUri, "text/html", "navigate");
        for (var count = 0; count < MostPages; count++)
        {
            var reply = await SendAsync(_browser, request);
            if (reply.Location is { } location)
            {
                page = new Uri(page, location);
                if (_origin.IsBaseOf(page))
                {
                    return page;
                }

                request = Request(HttpMethod.Get, page.AbsoluteUri, "text/html", "navigate");
            }
            else
            {
                (page, var content) = Form.Fill(page, reply.Body, user.Answers);
                request = Request(HttpMethod.Post, page.AbsoluteUri, "text/html", "navigate");
                request.Content = content;
            }
        }

        throw new UnmetExpectationException("the provider to lead back", page.AbsoluteUri);
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

    private Task<Reply> FetchAsync(string address, string session) =>
        SendAsync(_bare, Request(HttpMethod.Get, address, "application/json", "cors", ("cookie", $"{SessionCookie}={session}")));

    private HttpRequestMessage Request(HttpMethod method, string address, string accept, string mode, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(_origin, address)) { Headers = { { "Accept", accept }, { "Sec-Fetch-Mode", mode } } };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
