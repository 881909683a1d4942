using System.Collections.Immutable;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Domain.SignIn;

/// <summary>Begins a sign-in: a sealed state, a PKCE challenge, and a cookie that binds both to this browser.</summary>
public sealed class SignInStart(Site site, IIdentityProvider provider, ISessionCodec codec, IRandomSource random)
{
    /// <summary>How long a sign-in may take.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(10);

    /// <summary>From this many unfinished sign-ins on, their cookies are dropped: they would crowd out the session.</summary>
    private const int MaxFlows = 5;

    /// <summary>The redirect that begins a sign-in.</summary>
    /// <param name="returnPath">Where the user wants to go.</param>
    /// <param name="screenHint">The screen to show first.</param>
    /// <param name="cookies">The cookies of the request; null when no cookie may be set, as for a script.</param>
    public SignInRedirect Begin(ReturnPath returnPath, ScreenHint screenHint, CookieHeader? cookies)
    {
        var verifier = Pkce.NewVerifier(random);
        var state = codec.SealState(new SignInState(RandomUuid.New(random).ToString(), verifier, returnPath.Value), Lifetime);
        var location = provider.AuthorizationUrl(new AuthorizationRequest(state, Pkce.Challenge(verifier), screenHint));
        return new SignInRedirect(location, cookies is { } present ? SetCookies(present, state) : []);
    }

    private ImmutableArray<string> SetCookies(CookieHeader cookies, SealedState state)
    {
        var setCookies = ImmutableArray.CreateBuilder<string>();
        var flows = cookies.NamesWithPrefix(FlowCookie.LegacyName).Where(FlowCookie.IsFlowCookie).ToList();
        if (flows.Count >= MaxFlows)
        {
            setCookies.AddRange(flows.Select(name => SetCookie.ExpiredFlow(site.Cookie, name)));
        }

        setCookies.Add(SetCookie.Flow(site.Cookie, state, Lifetime));
        return setCookies.ToImmutable();
    }
}
