using System.Text.Json;
using Envoy.Service.Auth.V3;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.Sessions;
using ExtAuthz.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ExtAuthz.Server.Tests.Golden;

/// <summary>Replays a recording through the whole service: its options as configuration, its request as a CheckRequest, the answer over real gRPC.</summary>
internal sealed class GoldenReplay
{
    // What the reference's middleware tells the helpers behind it.
    private static readonly string[] MiddlewareHeaders = ["x-workos-middleware", "x-workos-session", "x-url", "x-redirect-uri", "x-sign-up-paths"];

    private GoldenReplay(GoldenScenario scenario, GoldenValues values)
    {
        Scenario = scenario;
        Values = values;
    }

    public GoldenScenario Scenario { get; }

    public GoldenValues Values { get; }

    public GoldenProvider Provider { get; private init; } = null!; // set by RunAsync

    public CheckResponse Answer { get; private set; } = null!; // set by RunAsync

    public static async Task<GoldenReplay> RunAsync(GoldenScenario scenario)
    {
        var file = GoldenFile.Instance;
        var clock = new ShiftedClock(file.Now);
        var values = new GoldenValues(file, new IronSeal(new PasswordRing(new Dictionary<int, string> { [1] = file.Password }), clock, new SystemRandomSource()));
        var replay = new GoldenReplay(scenario, values) { Provider = new GoldenProvider(file, scenario, values) };
        await using var provider = await StubProvider.StartAsync(replay.Provider.AnswerAsync);
        await using var service = await RunningService.StartAsync([.. GoldenSettings.Of(file, scenario), .. provider.Settings], services => services.AddSingleton<TimeProvider>(clock));
        service.ExpectedError = "refuses this service";
        replay.Answer = await service.CheckAsync(replay.Request());
        if (GoldenRules.IsRefreshedAhead(scenario))
        {
            await replay.AskAgainAsync(service);
        }

        service.Logs.Lines.ShouldAllBe(line => !line.Contains("rt_old") && !line.Contains("eyJ") && !line.Contains("Fe26.2"));
        return replay;
    }

    /// <summary>The cookies of the request as they travel. What the reference's middleware hands to a helper came from a cookie.</summary>
    public IEnumerable<KeyValuePair<string, string>> Cookies()
    {
        var cookies = Scenario.Request.GetProperty("cookies").EnumerateObject().Select(cookie => KeyValuePair.Create(cookie.Name, IsFlowOfThisRequest(cookie) ? Scenario.State! : Values.Text(cookie.Value))).ToList();
        return Scenario.IsHelper && Scenario.Session is { } session && !cookies.Exists(cookie => cookie.Key == Scenario.CookieName)
            ? cookies.Append(KeyValuePair.Create(Scenario.CookieName, Values.Text(session)))
            : cookies;
    }

    /// <summary>Deviation G17: a refresh ahead of time serves the next request. This one goes on with the token that is alive.</summary>
    private async Task AskAgainAsync(RunningService service)
    {
        Answer.IsAllowed().ShouldBeTrue();
        Answer.SetCookies().ShouldAllBe(cookie => !cookie.StartsWith(Scenario.CookieName, StringComparison.Ordinal));
        var session = service.Services.GetRequiredService<ISessionCodec>().Unseal(new SealedSession(Cookies().Single(cookie => cookie.Key == Scenario.CookieName).Value)).ShouldNotBeNull();
        await service.Services.GetRequiredService<IRefreshCoordinator>().RefreshAsync(
            new RefreshGrant(session.RefreshToken, UnverifiedClaims.Read(session.AccessToken)?.OrganizationId) { Session = session }, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Answer = await service.CheckAsync(Request());
    }

    private CheckRequest Request()
    {
        var http = new AttributeContext.Types.HttpRequest
        {
            Id = "1",
            Method = Scenario.IsChange ? "POST" : Scenario.Request.GetProperty("method").GetString(),
            Path = Scenario.Helper.Target,
            Host = new Uri(Scenario.PublicOrigin).Authority,
            Scheme = Scenario.Url.Scheme,
            Protocol = "HTTP/2",
        };
        foreach (var header in Scenario.Request.GetProperty("headers").EnumerateObject().Where(header => header.Name is not "host" && !(Scenario.IsHelper && MiddlewareHeaders.Contains(header.Name))))
        {
            http.Headers.Add(header.Name, Values.Text(header.Value));
        }

        if (Scenario.IsChange) // as Next demands of its server actions
        {
            http.Headers["origin"] = Scenario.PublicOrigin;
            http.Headers["sec-fetch-site"] = "same-origin";
        }

        var cookies = string.Join("; ", Cookies().Select(cookie => $"{cookie.Key}={cookie.Value}"));
        if (cookies.Length > 0)
        {
            http.Headers.Add("cookie", cookies);
        }

        return new CheckRequest { Attributes = new AttributeContext { Request = new AttributeContext.Types.Request { Http = http } } };
    }

    // The recording opens the state in its cookies. The cookie that belongs to the state of the URL is that state, unless the reference
    // refused the pair although nothing is wrong with the state itself: then they were two.
    private bool IsFlowOfThisRequest(JsonProperty cookie) =>
        Scenario.State is { } state
        && (cookie.Name == FlowCookie.LegacyName || cookie.Name == FlowCookie.AuthKitName(new SealedState(state)))
        && !(IsRefusedWithoutACall && Values.Open(state)?["codeVerifier"] is not null);

    private bool IsRefusedWithoutACall => GoldenRules.For(Scenario) is GoldenRule.CallbackFailure && Scenario.ApiCalls.Count == 0;
}
