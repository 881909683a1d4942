using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Domain.Tokens;

/// <summary>What verification says of a logout token.</summary>
public abstract record LogoutTokenVerdict
{
    private LogoutTokenVerdict() { }

    /// <summary>Signature and claims hold now.</summary>
    public sealed record Accepted(LogoutClaims Claims) : LogoutTokenVerdict;

    /// <summary>Not to be believed.</summary>
    /// <param name="Fault">The first rule that failed.</param>
    public sealed record Refused(LogoutFault Fault) : LogoutTokenVerdict;

    /// <summary>No key set could be had; the provider may try again.</summary>
    public sealed record Unverifiable : LogoutTokenVerdict;
}
