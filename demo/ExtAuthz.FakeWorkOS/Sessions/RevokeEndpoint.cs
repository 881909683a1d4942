using ExtAuthz.FakeWorkOS.Http;

namespace ExtAuthz.FakeWorkOS.Sessions;

/// <summary><c>POST /user_management/sessions/revoke</c>: ends a session from the back channel.</summary>
internal sealed class RevokeEndpoint(FakeWorkOSOptions options, SessionStore sessions)
{
    public async Task PostAsync(HttpContext context)
    {
        var request = await ApiRequest.ReadAsync(context.Request, context.RequestAborted);
        await Answer(request).WriteAsync(context.Response);
    }

    private Answer Answer(ApiRequest? request) => request switch
    {
        null => WorkOSError.InvalidRequest("The body must be a JSON object or a form."),
        _ when !request.KnowsApiKey(options.ApiKey) => WorkOSError.Unauthorized(),
        _ => sessions.End(request["session_id"] ?? "")
            ? new Answer(StatusCodes.Status200OK, [])
            : WorkOSError.NotFound("Session", request["session_id"]),
    };
}
