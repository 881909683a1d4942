namespace ExtAuthz.Domain.Sessions;

/// <summary>The signed-in user as the provider described it.</summary>
/// <param name="Id">The provider's user id; must equal the subject of the access token.</param>
/// <param name="Email">The e-mail address, if the provider told one.</param>
/// <param name="Json">AuthKit's camelCase user object as JSON text, carried unchanged from seal to seal.</param>
public sealed record SessionUser(string Id, string? Email, string Json)
{
    /// <summary>The id alone: the rest is personal data.</summary>
    public override string ToString() => $"user {Id}";
}
