namespace ExtAuthz.Domain.Routes;

/// <summary>Some paths are for users only who signed in a short while ago.</summary>
/// <param name="Paths">The paths, compiled without regard to case.</param>
/// <param name="MaxAge">How long ago a user may have proved who they are (<c>max_age</c>, OpenID Connect Core section 3.1.2.1).</param>
public sealed record RecentAuthenticationRule(PathPatternSet Paths, TimeSpan MaxAge);
