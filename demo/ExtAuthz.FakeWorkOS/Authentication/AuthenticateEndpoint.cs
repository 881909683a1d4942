using ExtAuthz.FakeWorkOS.Authorization;
using ExtAuthz.FakeWorkOS.Bookkeeping;
using ExtAuthz.FakeWorkOS.FaultInjection;
using ExtAuthz.FakeWorkOS.Http;
using ExtAuthz.FakeWorkOS.Sessions;

namespace ExtAuthz.FakeWorkOS.Authentication;

/// <summary><c>POST /user_management/authenticate</c>: exchanges a code or a refresh token for a pair of tokens.</summary>
internal sealed class AuthenticateEndpoint(
    FakeWorkOSOptions options, AuthorizationCodes codes, SessionStore sessions, Faults faults, FaultyResponder responder, Ledger ledger)
{
    public async Task PostAsync(HttpContext context)
    {
        ledger.CountAuthenticateCall();
        var request = await ApiRequest.ReadAsync(context.Request, context.RequestAborted);
        var refreshToken = request?["refresh_token"];
        if (refreshToken is not null)
        {
            ledger.Used(refreshToken);
        }

        var granted = false;
        var delivered = await responder.RespondAsync(context, faults.Authenticate, () =>
        {
            var answer = Answer(request);
            granted = answer.Succeeded;
            return answer;
        });
        if (refreshToken is not null && granted && delivered)
        {
            ledger.Delivered(refreshToken);
        }
    }

    private Answer Answer(ApiRequest? request) => request switch
    {
        null => WorkOSError.InvalidRequest("The body must be a JSON object or a form."),
        _ when !request.KnowsApiKey(options.ApiKey) => WorkOSError.Unauthorized(),
        _ when !options.ClientId.Equals(request["client_id"], StringComparison.Ordinal) => WorkOSError.OAuth(StatusCodes.Status400BadRequest, "invalid_client", "Invalid client ID."),
        _ => request["grant_type"] switch
        {
            "authorization_code" => ExchangeCode(request["code"], request["code_verifier"]),
            "refresh_token" => Refresh(request["refresh_token"], request["organization_id"]),
            _ => WorkOSError.OAuth(StatusCodes.Status400BadRequest, "unsupported_grant_type", "The grant type is not supported."),
        },
    };

    private Answer ExchangeCode(string? code, string? verifier)
    {
        if (code is null || verifier is null)
        {
            return WorkOSError.InvalidRequest("code and code_verifier are required.");
        }

        if (codes.Take(code) is not { } taken)
        {
            return WorkOSError.InvalidGrant($"The code '{code}' has expired or is invalid.");
        }

        return Pkce.Matches(taken.CodeChallenge, verifier)
            ? Granted(sessions.SignIn(taken.User, taken.OrganizationId))
            : WorkOSError.InvalidGrant("Invalid code verifier.");
    }

    private Answer Refresh(string? refreshToken, string? organizationId) => refreshToken is null
        ? WorkOSError.InvalidRequest("refresh_token is required.")
        : sessions.Refresh(refreshToken, organizationId) switch
        {
            RefreshOutcome.Granted(var tokens) => Granted(tokens.Value),
            RefreshOutcome.Refused(var error) => error,
            var other => throw new InvalidOperationException($"{other} has no answer."),
        };

    private static Answer Granted(SessionTokens tokens) => new(StatusCodes.Status200OK, tokens.ToJson());
}
