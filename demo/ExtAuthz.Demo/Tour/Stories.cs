using System.Collections.Immutable;
using ExtAuthz.Demo.Providers;

namespace ExtAuthz.Demo.Tour;

/// <summary>The tour for each provider: what it can not be made to do is not in its list.</summary>
internal static class Stories
{
    private static readonly ImmutableArray<TourStep> Stranger =
    [
        new("A stranger who opens a protected page is sent to sign-in", StrangerSteps.IsSentToSignInAsync),
        new("A stranger's script gets an answer that it can read, not a redirect", StrangerSteps.ScriptIsToldAsync),
        new("A public page is open to strangers, and nobody can claim to be someone there", StrangerSteps.SeesPublicPageAsync),
    ];

    private static readonly ImmutableArray<TourStep> SignedIn =
    [
        new("Signing in leads back to the page that was asked for", SignedInSteps.SignsInAsync),
        new("The upstream is told who the user is", SignedInSteps.IsKnownUpstreamAsync),
        new("What a client writes into our headers never arrives", SignedInSteps.SpoofedHeadersAreStrippedAsync),
        new("Two tabs of a browser that sign in at once do not disturb each other", TabSteps.BothTabsArriveAsync),
        new("An expired session is renewed on the way, for browser and upstream", RefreshSteps.ExpiredSessionIsRenewedAsync),
        new("50 requests at once on one expired cookie share one refresh", RefreshSteps.RequestsShareOneRefreshAsync),
        new("A new key of the provider signs nobody out", RefreshSteps.NewKeysAreLearntAsync),
    ];

    private static readonly ImmutableArray<TourStep> SigningOut =
    [
        new("Another site can not sign a user out", SignOutSteps.OtherSiteIsNotObeyedAsync),
        new("Signing out leaves nothing behind: no cookie, no use for the old one, no session at the provider", SignOutSteps.NothingIsLeftAsync),
        new("A session that was ended at the provider is over at its next refresh", SignedInSteps.EndedSessionIsOverAsync),
    ];

    /// <summary>Any OpenID Connect provider.</summary>
    public static ImmutableArray<TourStep> OpenIdConnect { get; } = [.. Stranger, .. SignedIn, .. SigningOut];

    /// <summary>The development WorkOS, which has organisations and a sign-up page, and can be made to fail.</summary>
    public static ImmutableArray<TourStep> WorkOS(FakeWorkOSProvider provider)
    {
        var outage = new OutageSteps(provider);
        return
        [
            .. Stranger,
            new("A sign-up path leads to the provider's sign-up page", StrangerSteps.IsSentToSignUpAsync),
            .. SignedIn,
            new("A user changes to another organisation, as far as it lets them", OrganizationSteps.UserChangesOrganizationAsync),
            new("While the provider is down a live session is served", outage.LiveSessionIsServedAsync),
            new("While the provider is down an expired session is asked to wait, and keeps its cookie", OutageSteps.ExpiredSessionWaitsAsync),
            new("When the provider is back the session goes on", outage.SessionGoesOnAsync),
            new("Keys that can not be fetched sign nobody out", outage.MissingKeysSignNobodyOutAsync),
            .. SigningOut,
        ];
    }
}
