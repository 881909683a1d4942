using System.Text.Json.Nodes;
using ExtAuthz.FakeWorkOS.Accounts;

namespace ExtAuthz.FakeWorkOS.Sessions;

/// <summary>What a sign-in or a refresh gives: the pair of tokens, and whose they are.</summary>
public sealed record SessionTokens(string SessionId, FakeUser User, string? OrganizationId, string AuthenticationMethod, string AccessToken, string RefreshToken)
{
    public override string ToString() => $"{SessionId} [access token] [refresh token]";

    /// <summary>The 200 body of <c>POST /user_management/authenticate</c>.</summary>
    internal JsonObject ToJson()
    {
        var body = new JsonObject { ["user"] = UserJson() };
        if (OrganizationId is not null)
        {
            body["organization_id"] = OrganizationId;
        }

        body["access_token"] = AccessToken;
        body["refresh_token"] = RefreshToken;
        body["authentication_method"] = AuthenticationMethod;
        if (User.Impersonator is { } impersonator)
        {
            body["impersonator"] = new JsonObject { ["email"] = impersonator.Email, ["reason"] = impersonator.Reason };
        }

        return body;
    }

    private JsonObject UserJson() => new()
    {
        ["object"] = "user",
        ["id"] = User.Id,
        ["email"] = User.Email,
        ["email_verified"] = true,
        ["first_name"] = User.FirstName,
        ["last_name"] = User.LastName,
        ["name"] = $"{User.FirstName} {User.LastName}",
        ["profile_picture_url"] = null,
        ["last_sign_in_at"] = null,
        ["locale"] = null,
        ["created_at"] = "2025-01-01T00:00:00.000Z",
        ["updated_at"] = "2025-01-01T00:00:00.000Z",
        ["external_id"] = null,
        ["metadata"] = new JsonObject(),
    };
}
