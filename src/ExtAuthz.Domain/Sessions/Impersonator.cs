namespace ExtAuthz.Domain.Sessions;

/// <summary>Who acts as the user, when an operator of the provider's dashboard impersonates somebody.</summary>
/// <param name="Email">The impersonator's e-mail address.</param>
/// <param name="Reason">The reason given, if any.</param>
public sealed record Impersonator(string Email, string? Reason)
{
    /// <summary>A placeholder; the e-mail address is personal data.</summary>
    public override string ToString() => "[impersonator]";
}
