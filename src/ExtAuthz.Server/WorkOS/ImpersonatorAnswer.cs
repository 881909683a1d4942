namespace ExtAuthz.Server.WorkOS;

/// <summary>Who acts as the user.</summary>
internal sealed class ImpersonatorAnswer
{
    public string? Email { get; init; }

    public string? Reason { get; init; }
}
