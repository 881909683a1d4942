namespace ExtAuthz.Server.Tests.Hosting;

/// <summary>What an access token of a test says.</summary>
internal sealed record AccessTokenSpec
{
    public string Subject { get; init; } = SignedInWorld.UserId;

    public string SessionId { get; init; } = "session_1";

    public string? OrganizationId { get; init; }

    public string Role { get; init; } = "member";

    public string[] Permissions { get; init; } = [];

    /// <summary>From now, in seconds.</summary>
    public int ExpiresIn { get; init; } = 300;
}
