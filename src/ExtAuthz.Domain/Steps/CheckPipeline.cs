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
    HeaderInjection injection,
    ResponseHandling responses,
    SignInCallback callback)
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
        var access = AuthorizationCheck.Decide(page, state);

        // 6 header injection, 7 response handling
        return (access, state) switch
        {
            (Access.Granted, _) => responses.Allow(request, state, injection.For(request, state)),
            (Access.TryLater, SessionState.Undecided undecided) => ResponseHandling.TryLater(request, undecided),
            (_, SessionState.SignedOut signedOut) => responses.RequireSignIn(request, signedOut),
            _ => throw new InvalidOperationException($"No answer for {access} with {state.GetType().Name}."),
        };
    }

    private async ValueTask<CheckDecision> AnswerAsync(Route route, IncomingRequest request, CancellationToken cancellationToken) => route switch
    {
        Route.Callback => responses.EndSignIn(request, await callback.CompleteAsync(request, cancellationToken)),
        Route.SignIn => responses.BeginSignIn(request),
        Route.WrongMethod wrong => ResponseHandling.RefuseMethod(request, wrong),
        _ => ResponseHandling.Reject(request),
    };
}
