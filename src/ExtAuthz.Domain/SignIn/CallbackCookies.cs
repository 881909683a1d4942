using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Domain.SignIn;

/// <summary>What becomes of the cookies of sign-ins when one comes back.</summary>
internal static class CallbackCookies
{
    /// <summary>The values of <c>set-cookie</c>, all but those of the session.</summary>
    public static IEnumerable<string> For(CallbackOutcome outcome, CallbackParameters response, CookieHeader cookies, SessionCookieSettings settings, DateTimeOffset now)
    {
        IReadOnlyList<string> spent = response.State is { Length: > 0 } state ? [.. Spent(cookies, new SealedState(state))] : [];
        return
        [
            .. spent.Select(name => SetCookie.ExpiredFlow(settings, name)),
            .. outcome is CallbackOutcome.SignedIn signedIn ? GivingWay(signedIn, cookies, settings, spent) : [],
            .. Returns(outcome, cookies, settings, now),
        ];
    }

    private static IEnumerable<string> Spent(CookieHeader cookies, SealedState state) =>
        cookies.Value(FlowCookie.AuthKitName(state)) is null ? [FlowCookie.Name(state)]
        : cookies.Value(FlowCookie.Name(state)) is null ? [FlowCookie.AuthKitName(state)]
        : [FlowCookie.Name(state), FlowCookie.AuthKitName(state)];

    private static IEnumerable<string> GivingWay(CallbackOutcome.SignedIn signedIn, CookieHeader cookies, SessionCookieSettings settings, IReadOnlyList<string> spent) =>
        new OpenSignIns(cookies).GivingWayTo(settings.Name.Length + signedIn.Sealed.Value.Length, spent).Select(name => SetCookie.ExpiredFlow(settings, name));

    // A page ends every round, so the next sign-in is counted afresh.
    private static IEnumerable<string> Returns(CallbackOutcome outcome, CookieHeader cookies, SessionCookieSettings settings, DateTimeOffset now) => outcome switch
    {
        CallbackOutcome.SignedIn or CallbackOutcome.Lost => [SetCookie.Returns(settings, RecentReturns.Read(cookies, now).With(now))],
        CallbackOutcome.Failed when cookies.Value(RecentReturns.CookieName) is not null => [SetCookie.ExpiredReturns(settings)],
        _ => [],
    };
}
