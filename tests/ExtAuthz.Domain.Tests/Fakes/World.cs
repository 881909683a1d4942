using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Steps;
using ExtAuthz.Domain.Tests.Routes;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Fakes;

/// <summary>The whole core with everything outside it replaced: app.example.com, its users and its provider.</summary>
internal sealed class World
{
    public const string Cookie = "wos-session";

    private CheckPipeline? _pipeline;

    public World()
    {
        Codec = new FakeCodec(Clock);
        Verifier = new FakeVerifier(Clock);
        Known = new VerifiedSessions(Verifier, Clock, capacity: 100);
        Revocation = new InProcessSessionRevocation(Clock, capacity: 100);
    }

    public TestClock Clock { get; } = new();

    public FakeCodec Codec { get; }

    public FakeVerifier Verifier { get; }

    public ScriptedProvider Provider { get; } = new();

    public FakeLogoutTokens LogoutTokens { get; } = new();

    public VerifiedSessions Known { get; }

    public InProcessSessionRevocation Revocation { get; }

    public IRefreshCoordinator Coordinator
    {
        get => LazyInitializer.EnsureInitialized(ref field, () => new RefreshCoordinator(new InProcessRefreshRecords(RecordLife, Clock), new RefreshExchange(Provider, Clock, ReplayWindow), new SessionSealer(Codec, Site.Cookie), Revocation, Provider, new FixedRandom(), RecordLife, Clock));
        set;
    }

    /// <summary>The ports as the pipeline sees them; a test may put its own in between.</summary>
    public Func<IAccessTokenVerifier, IAccessTokenVerifier> VerifierSeen { get; init; } = port => port;

    public Func<ISessionCodec, ISessionCodec> CodecSeen { get; init; } = port => port;

    public Func<IIdentityProvider, IIdentityProvider> ProviderSeen { get; init; } = port => port;

    /// <summary>WorkOS'.</summary>
    public static TimeSpan ReplayWindow { get; } = TimeSpan.FromSeconds(30);

    public RefreshRecordLife RecordLife { get; init; } = new(TimeSpan.FromMinutes(15));

    public Site Site { get; init; } = DefaultSite;

    public static Site DefaultSite { get; } = new()
    {
        PublicOrigin = "https://app.example.com",
        RedirectUri = "https://app.example.com/callback",
        CallbackPath = "/callback",
        UnauthenticatedPaths = Patterns.Set("/", "/about", "/docs/**"),
        SignUpPaths = Patterns.Set("/welcome/**"),
        SignUpPathsHeader = "/welcome/**",
        Cookie = new SessionCookieSettings(Cookie, null, TimeSpan.FromDays(400), SameSite.Lax, Secure: true),
    };

    public ValueTask<CheckDecision> CheckAsync(IncomingRequest request) =>
        LazyInitializer.EnsureInitialized(ref _pipeline, Build).CheckAsync(request, TestContext.Current.CancellationToken);

    /// <summary>Waits for the refresh of a session that is under way.</summary>
    public Task RefreshedAsync(Session session) =>
        Coordinator.RefreshAsync(new RefreshGrant(session.RefreshToken, "org_1") { Session = session }, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

    /// <summary>Visits twice: the first request begins the refresh ahead, the second has its result.</summary>
    public async Task<CheckDecision> VisitTwiceAsync(Session session, string? otherCookies = null)
    {
        var cookie = otherCookies + CookieOf(session);
        (await CheckAsync(Requests.Document("/dashboard", cookie))).ShouldAllow(DecisionReason.SignedIn).SetCookies().ShouldBeEmpty();
        await RefreshedAsync(session);
        return await CheckAsync(Requests.Document("/dashboard", cookie));
    }

    /// <summary>A session whose access token was issued now and lives five minutes, unless told otherwise.</summary>
    public Session NewSession(string user = "user_1", string sessionId = "session_1", string? organizationId = "org_1", TimeSpan? life = null, TimeSpan? age = null, TimeSpan? signedInAgo = null) => new(
        Tokens.Issue(user, sessionId, organizationId, Clock.GetUtcNow() - (age ?? TimeSpan.Zero), life ?? TimeSpan.FromMinutes(5), Clock.GetUtcNow() - signedInAgo),
        new RefreshToken($"refresh-{Guid.CreateVersion7()}"),
        new SessionUser(user, $"{user}@example.com", $$"""{"id":"{{user}}"}"""),
        Impersonator: null,
        "Password");

    /// <summary>The cookie of a session whose token ended a minute ago.</summary>
    public Session Expired(string user = "user_1", string sessionId = "session_1") => NewSession(user, sessionId, age: TimeSpan.FromMinutes(6));

    /// <summary>A session whose token ends in 20 seconds: inside every buffer.</summary>
    public Session Ending() => NewSession(age: TimeSpan.FromSeconds(280));

    /// <summary>The <c>cookie</c> header with a session.</summary>
    public string CookieOf(Session session) => $"{Cookie}={Codec.Seal(session).Value}";

    private CheckPipeline Build()
    {
        var (tokens, codec, provider) = (VerifierSeen(Verifier), CodecSeen(Codec), ProviderSeen(Provider));
        var headers = new SessionHeaders(Site, new ReservedHeaders(Site.IdentityHeaders.InUse), codec);
        var verifier = new SessionVerifier(tokens, headers, new RefreshBuffer(Site.RefreshBuffer), Known);
        var retrieval = new SessionRetrieval(codec, Known, Site.Cookie.Name, Site.Cookie.Chunking);
        var responses = new ResponseHandling(Site, new SignInStart(Site, provider, codec, new FixedRandom()));
        return new CheckPipeline(
            new RequestInterception(Site),
            retrieval,
            new TokenValidation(verifier, Revocation, Coordinator, Clock),
            new SessionRefresh(Coordinator, verifier, Known, Revocation, Clock),
            new AuthorizationCheck(Clock),
            new HeaderInjection(Site, headers),
            responses,
            new EndpointResponses(Site, responses),
            new SignInCallback(Site, provider, codec, new SessionSealer(codec, Site.Cookie), tokens, new PresentSession(retrieval, verifier, Revocation), Revocation, new UsedOnce(Clock, SignInStart.Lifetime, capacity: 1000), Clock),
            new SignOut(Site, provider, retrieval, Revocation),
            new BackChannelLogout(LogoutTokens, Revocation, new UsedOnce(Clock, BackChannelLogout.Memory, capacity: 1000)),
            new FrontChannelLogout(Site, retrieval, Revocation),
            new LogoutResponses(Site),
            Site);
    }
}
