namespace ExtAuthz.FakeWorkOS.Sessions;

/// <summary>The one exchange of a refresh token; whoever reads the pair first signs it.</summary>
internal sealed record Exchange(DateTimeOffset At, Lazy<SessionTokens> Tokens);
