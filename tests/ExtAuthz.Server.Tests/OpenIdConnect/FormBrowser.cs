using System.Net;
using System.Text.RegularExpressions;

namespace ExtAuthz.Server.Tests.OpenIdConnect;

/// <summary>A browser without script at a provider: follows redirects, fills in each form it is shown, and stops where it is sent away.</summary>
internal sealed partial class FormBrowser(string provider) : IDisposable
{
    private const int MostPages = 12;

    private static readonly Dictionary<string, string> Answers = new(StringComparer.Ordinal) { ["login"] = "ada", ["password"] = "secret", ["logout"] = "yes" };

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

    /// <summary>The first address that is not the provider's.</summary>
    public async Task<Uri> LeaveAsync(string address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        for (var page = 0; page < MostPages; page++)
        {
            using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
            if (response.Headers.Location is { } location)
            {
                var target = new Uri(request.RequestUri!, location);
                if (!target.AbsoluteUri.StartsWith(provider, StringComparison.Ordinal))
                {
                    return target;
                }

                request = new HttpRequestMessage(HttpMethod.Get, target);
                continue;
            }

            request = Submit(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), request.RequestUri!);
        }

        throw new InvalidOperationException($"Still at {request.RequestUri}.");
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage Submit(string page, Uri at)
    {
        var action = Action().Match(page);
        action.Success.ShouldBeTrue(page);
        var fields = Names().Matches(page).Select(field => field.Value).Select(tag => KeyValuePair.Create(Attribute(tag, "name"), Attribute(tag, "value")));
        return new HttpRequestMessage(HttpMethod.Post, new Uri(at, WebUtility.HtmlDecode(action.Groups["action"].Value)))
        {
            Content = new FormUrlEncodedContent(fields.DistinctBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, Answers.GetValueOrDefault(field.Key, field.Value)))),
        };
    }

    private static string Attribute(string tag, string name) =>
        WebUtility.HtmlDecode(Regex.Match(tag, $"\\b{name}=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["value"].Value);

    [GeneratedRegex("""<form[^>]*action="(?<action>[^"]*)""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Action();

    [GeneratedRegex("""<(input|button)[^>]*name="[^>]*>""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Names();
}
