using ExtAuthz.FakeWorkOS.Http;

namespace ExtAuthz.FakeWorkOS.Sessions;

/// <summary><c>GET /user_management/sessions/logout</c>: ends the session, then leads the browser to a registered sign-out redirect.</summary>
internal sealed class LogoutEndpoint(FakeWorkOSOptions options, SessionStore sessions)
{
    public Task GetAsync(HttpContext context)
    {
        sessions.End(context.Request.Query["session_id"].ToString());
        var returnTo = context.Request.Query["return_to"].ToString();
        if (options.LogoutUris.Contains(returnTo, StringComparer.Ordinal))
        {
            context.Response.Redirect(returnTo);
            return Task.CompletedTask;
        }

        var note = returnTo.Length == 0 ? Html.Empty : Html.Of($"<p>{returnTo} is not a registered sign-out redirect.</p>");
        return HtmlPage.WriteAsync(context.Response, StatusCodes.Status200OK, "You are signed out", Html.Of($"<p>You may close this page.</p>{note}"));
    }
}
