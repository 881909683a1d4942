using ExtAuthz.FakeWorkOS.Accounts;
using ExtAuthz.FakeWorkOS.Http;
using Microsoft.Extensions.Primitives;

namespace ExtAuthz.FakeWorkOS.Authorization;

/// <summary><c>/user_management/authorize</c>: GET shows the sign-in page, POST is the choice made there. The form carries the whole request.</summary>
internal sealed class AuthorizeEndpoint(AuthorizeRequestReader reader, AuthorizePage page, AccountDirectory accounts, AuthorizationCodes codes)
{
    public Task GetAsync(HttpContext context) =>
        RespondAsync(context, context.Request.Query, request => page.WriteAsync(context.Response, request));

    public async Task PostAsync(HttpContext context)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        await RespondAsync(context, form, request => ChooseAsync(context, request, form));
    }

    private Task RespondAsync(HttpContext context, IEnumerable<KeyValuePair<string, StringValues>> values, Func<AuthorizeRequest, Task> accepted)
    {
        switch (reader.Read(values))
        {
            case AuthorizeOutcome.Accepted(var request):
                return accepted(request);
            case AuthorizeOutcome.ErrorToClient(var url):
                return RedirectAsync(context.Response, url);
            case AuthorizeOutcome.ErrorPage(var message):
                return HtmlPage.WriteAsync(context.Response, StatusCodes.Status400BadRequest, "This request can not be answered", Html.Of($"<p>{message}</p>"));
            case var other:
                throw new InvalidOperationException($"{other} has no answer.");
        }
    }

    private Task ChooseAsync(HttpContext context, AuthorizeRequest request, IFormCollection form)
    {
        if (form.ContainsKey("cancel"))
        {
            return RedirectAsync(context.Response, AuthorizeRequest.ErrorUrl(request.RedirectUri, request["state"], "access_denied", "The user cancelled the sign-in."));
        }

        var organizationId = request["organization_id"];
        if (accounts.User(form["user"]) is not { } user || !accounts.Members(organizationId).Contains(user))
        {
            return page.WriteAsync(context.Response, request);
        }

        var code = codes.Issue(user, organizationId ?? user.DefaultMembership?.OrganizationId, request.CodeChallenge);
        return RedirectAsync(context.Response, request.SuccessUrl(code));
    }

    // 303, so that the browser follows a posted form with GET (RFC 9110 section 15.4.4).
    private static Task RedirectAsync(HttpResponse response, string url)
    {
        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = url;
        response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
