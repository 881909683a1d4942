using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Routes;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Domain.Steps;

/// <summary>The way of one request, in AuthKit's seven steps.</summary>
public sealed class CheckPipeline(
    RequestInterception interception,
    SessionRetrieval retrieval,
    TokenValidation validation,
    SessionRefresh refresh,
    AuthorizationCheck authorization,
    HeaderInjection injection,
    ResponseHandling responses,
    EndpointResponses endpoints,
    SignInCallback callback,
    SignOut signOut,
    BackChannelLogout backChannel,
    FrontChannelLogout frontChannel,
    LogoutResponses logouts,
    Site site)
{
    /// <summary>Decides one request.</summary>
    public async ValueTask<CheckDecision> CheckAsync(IncomingRequest request, CancellationToken cancellationToken)
    {
        // 1 Envoy intercepted the request
        var route = interception.RouteOf(request);
        if (route is not Route.Page page)
        {
            return await AnswerAsync(route, request, cancellationToken);
        }

        // 2 session retrieval
        var retrieved = retrieval.Retrieve(new CookieHeader(request.Headers.CookieLines));

        // 3 token validation
        var validated = await validation.ValidateAsync(retrieved, cancellationToken);

        // 4 refresh if needed
        var state = await refresh.RefreshAsync(validated, request, cancellationToken);

        // 5 authorization check
        var access = authorization.Decide(page, state);

        // 6 header injection, 7 response handling
        return (access, state) switch
        {
            (Access.Granted, _) => responses.Allow(request, state, injection.For(request, state)),
            (Access.TryLater, SessionState.Undecided undecided) => ResponseHandling.TryLater(request, undecided),
            (Access.RecentSignInRequired, SessionState.SignedIn signedIn) => responses.RequireRecentSignIn(request, signedIn, page),
            (_, SessionState.SignedOut signedOut) => responses.RequireSignIn(request, signedOut, page),
            _ => throw new InvalidOperationException($"No answer for {access} with {state.GetType().Name}."),
        };
    }

    private async ValueTask<CheckDecision> AnswerAsync(Route route, IncomingRequest request, CancellationToken cancellationToken) => (route, EndpointParameters.Read(request.Target.Query)) switch
    {
        (Route.Callback, _) => responses.EndSignIn(request, await callback.CompleteAsync(request, cancellationToken)),
        (Route.SignIn to, { } parameters) => responses.BeginSignIn(request, to.ScreenHint, parameters),
        (Route.SignOut, { } parameters) => endpoints.SignOut(request, await signOut.EndAsync(request, parameters.ReturnTo, cancellationToken)),
        (Route.SwitchOrganization, { OrganizationId: { } organization } parameters) => await SwitchAsync(request, organization, parameters, cancellationToken),
        (Route.SessionStatus, _) => endpoints.TellSession(request, await refresh.RefreshAsync(await ValidateAsync(request, cancellationToken), request, cancellationToken)),
        (Route.BackChannelLogout, _) => LogoutResponses.AnswerProvider(await backChannel.EndAsync(request, cancellationToken)),
        (Route.FrontChannelLogout, _) => logouts.AnswerFrame(request, await frontChannel.EndAsync(request, cancellationToken)),
        (Route.WrongMethod wrong, _) => ResponseHandling.RefuseMethod(request, wrong),
        (Route.Rejected, _) => ResponseHandling.Reject(request),
        _ => EndpointResponses.RefuseParameters(request),
    };

    private async ValueTask<CheckDecision> SwitchAsync(IncomingRequest request, string organizationId, EndpointParameters parameters, CancellationToken cancellationToken) =>
        CrossSiteGuard.Admits(request, site.PublicOrigin)
            ? endpoints.SwitchOrganization(request, await refresh.RefreshForAsync(organizationId, await ValidateAsync(request, cancellationToken), request, cancellationToken), parameters)
            : EndpointResponses.ConfirmSwitch(request);

    private ValueTask<ValidatedSession> ValidateAsync(IncomingRequest request, CancellationToken cancellationToken) =>
        validation.ValidateAsync(retrieval.Retrieve(new CookieHeader(request.Headers.CookieLines)), cancellationToken);
}
