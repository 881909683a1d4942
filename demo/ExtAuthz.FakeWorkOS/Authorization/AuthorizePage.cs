using ExtAuthz.FakeWorkOS.Accounts;
using ExtAuthz.FakeWorkOS.Http;

namespace ExtAuthz.FakeWorkOS.Authorization;

/// <summary>The sign-in page: one button a user, and a way out.</summary>
internal sealed class AuthorizePage(AccountDirectory accounts)
{
    public Task WriteAsync(HttpResponse response, AuthorizeRequest request)
    {
        var hidden = request.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => Html.Of($"""<input type="hidden" name="{pair.Key}" value="{pair.Value}">"""));
        var users = accounts.Members(request["organization_id"]).Select(user => Button(user, request));
        var main = Html.Of($"""
            <p>WorkOS for development. Choose who you are.</p>
            {Html.Join(Notes(request))}
            <form method="post" action="/user_management/authorize">
            {Html.Join(hidden)}
            {Html.Join(users)}
            <button class="cancel" name="cancel" value="1">Cancel</button>
            </form>
            """);
        var title = request.IsSignUp ? "Create your account" : "Sign in";
        return HtmlPage.WriteAsync(response, StatusCodes.Status200OK, title, main, new Uri(request.RedirectUri).GetLeftPart(UriPartial.Authority));
    }

    private IEnumerable<Html> Notes(AuthorizeRequest request)
    {
        if (accounts.Organization(request["organization_id"]) is { } organization)
        {
            yield return Html.Of($"<p>You are signing in to <strong>{organization.Name}</strong>.</p>");
        }

        if (request["login_hint"] is { } hint)
        {
            yield return Html.Of($"<p>The application expects <strong>{hint}</strong>.</p>");
        }

        if (request["prompt"] is "consent")
        {
            yield return Html.Of($"<p>By going on you let the application use your account.</p>");
        }

        if (request["max_age"] is { } maxAge)
        {
            yield return Html.Of($"<p>The application wants a sign-in that is at most {maxAge} seconds old; this one is new.</p>");
        }
    }

    private Html Button(FakeUser user, AuthorizeRequest request)
    {
        var focus = string.Equals(user.Email, request["login_hint"], StringComparison.OrdinalIgnoreCase) ? new Html(" autofocus") : Html.Empty;
        return Html.Of($"""
            <button name="user" value="{user.Id}"{focus}><strong>{user.FirstName} {user.LastName}</strong> <small>{user.Email} · {Describe(user, request["organization_id"])}</small></button>
            """);
    }

    private string Describe(FakeUser user, string? organizationId)
    {
        var membership = organizationId is null ? user.DefaultMembership : user.MembershipIn(organizationId);
        var place = membership is null ? "no organisation" : $"{membership.Role} of {accounts.Organization(membership.OrganizationId)?.Name}";
        return user.Impersonator is { } impersonator ? $"{place} · impersonated by {impersonator.Email}: {impersonator.Reason}" : place;
    }
}
