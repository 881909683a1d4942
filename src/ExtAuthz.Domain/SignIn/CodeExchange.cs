using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Domain.SignIn;

/// <summary>How the exchange of an authorization code ended.</summary>
public abstract record CodeExchange
{
    private CodeExchange() { }

    /// <summary>The provider opened a session.</summary>
    public sealed record SignedIn(Session Session) : CodeExchange;

    /// <summary>The provider refused the code: used, expired, or another client's.</summary>
    /// <param name="Error">The provider's OAuth error code, for logs.</param>
    public sealed record Refused(string Error) : CodeExchange;

    /// <summary>No answer that could be used; the user may try again.</summary>
    /// <param name="Cause">A short cause without secrets, for logs.</param>
    public sealed record Unavailable(string Cause) : CodeExchange;
}
