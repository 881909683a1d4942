using System.Collections.Immutable;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Domain.SignIn;

/// <summary>Begins a sign-in: a sealed state, a PKCE challenge, and a cookie that binds both to this browser.</summary>
public sealed class SignInStart(Site site, IIdentityProvider provider, ISessionCodec codec, IRandomSource random)
{
    /// <summary>How long a sign-in may take.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest state: with its name and attributes it stays below the 4096 bytes that browsers keep (RFC 6265 section 6.1).</summary>
    private const int LongestState = 3800;

    /// <summary>The redirect that begins a sign-in.</summary>
    /// <param name="returnPath">Where the user wants to go.</param>
    /// <param name="screenHint">The screen to show first.</param>
    /// <param name="cookies">The cookies of the request; null when no cookie may be set, as for a script.</param>
    /// <param name="isRestart">Whether it takes the place of a sign-in that was lost.</param>
    /// <param name="wishes">What else the visitor asked for.</param>
    public SignInRedirect Begin(ReturnPath returnPath, ScreenHint screenHint, CookieHeader? cookies, bool isRestart = false, EndpointParameters? wishes = null)
    {
        var content = new SignInState(RandomUuid.New(random).ToString(), Pkce.NewVerifier(random), returnPath.Value) { IsRestart = isRestart, MaxAge = wishes?.MaxAge };
        var state = Seal(content);
        var location = provider.AuthorizationUrl(new AuthorizationRequest(state, Pkce.Challenge(content.CodeVerifier), screenHint)
        {
            OrganizationId = wishes?.OrganizationId,
            LoginHint = wishes?.LoginHint,
            Prompt = wishes?.Prompt,
            MaxAge = wishes?.MaxAge,
            Nonce = content.Nonce,
        });
        return new SignInRedirect(location, cookies is { } present ? SetCookies(present, state) : []);
    }

    private SealedState Seal(SignInState content)
    {
        var state = codec.SealState(content, Lifetime);
        return state.Value.Length <= LongestState ? state : codec.SealState(content with { ReturnPathname = "/" }, Lifetime);
    }

    private ImmutableArray<string> SetCookies(CookieHeader cookies, SealedState state)
    {
        var name = site.HandlesCallback ? FlowCookie.Name(state) : FlowCookie.AuthKitName(state);
        return
        [
            .. new OpenSignIns(cookies).GivingWayTo(name, state, site.Cookie.Name).Select(old => SetCookie.ExpiredFlow(site.Cookie, old)),
            SetCookie.Flow(site.Cookie, name, state, Lifetime),
        ];
    }
}
