using System.Text.Json.Nodes;
using ExtAuthz.FakeWorkOS.Accounts;

namespace ExtAuthz.FakeWorkOS.Http;

/// <summary>The error answers of WorkOS: OAuth's shape (RFC 6749 section 5.2), <c>{code, message}</c>, or <c>{message}</c> alone.</summary>
internal static class WorkOSError
{
    public static Answer OAuth(int status, string error, string description) =>
        new(status, new JsonObject { ["error"] = error, ["error_description"] = description });

    public static Answer InvalidRequest(string description) => OAuth(StatusCodes.Status400BadRequest, "invalid_request", description);

    public static Answer InvalidGrant(string description) => OAuth(StatusCodes.Status400BadRequest, "invalid_grant", description);

    public static Answer Message(int status, string message) => new(status, new JsonObject { ["message"] = message });

    public static Answer Unauthorized() => Message(StatusCodes.Status401Unauthorized, "Unauthorized");

    public static Answer NotFound(string kind, object? id) =>
        new(StatusCodes.Status404NotFound, new JsonObject { ["code"] = "entity_not_found", ["message"] = $"{kind} not found: '{id}'." });

    public static Answer SsoRequired(FakeOrganization organization) => new(StatusCodes.Status403Forbidden, new JsonObject
    {
        ["error"] = "sso_required",
        ["error_description"] = $"User must authenticate using one of the SSO connections of {organization.Name}.",
        ["connection_ids"] = new JsonArray(organization.Id.Replace("org_", "conn_", StringComparison.Ordinal)),
    });

    public static Answer MfaEnrollment(FakeOrganization organization) => new(StatusCodes.Status403Forbidden, new JsonObject
    {
        ["code"] = "mfa_enrollment",
        ["message"] = $"The user must enroll in MFA to finish authenticating with {organization.Name}.",
        ["pending_authentication_token"] = Identifiers.New("pending_"),
    });
}
