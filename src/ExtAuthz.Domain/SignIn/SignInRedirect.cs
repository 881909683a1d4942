using System.Collections.Immutable;

namespace ExtAuthz.Domain.SignIn;

/// <summary>Where a sign-in begins.</summary>
/// <param name="Location">The provider's authorization endpoint with all parameters.</param>
/// <param name="SetCookies">The cookies that go with it.</param>
public sealed record SignInRedirect(string Location, ImmutableArray<string> SetCookies)
{
    /// <summary>A placeholder; the state is a secret.</summary>
    public override string ToString() => "[redirect to sign-in]";
}
