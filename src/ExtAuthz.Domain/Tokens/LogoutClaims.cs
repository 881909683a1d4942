namespace ExtAuthz.Domain.Tokens;

/// <summary>What a verified logout token says. It names a session, a user or both.</summary>
/// <param name="Id">The token's own id (<c>jti</c>).</param>
/// <param name="SessionId">The session that is over (<c>sid</c>).</param>
/// <param name="Subject">The user (<c>sub</c>); without a session, all sessions of this user are over.</param>
/// <param name="IssuedAt">When it was issued (<c>iat</c>).</param>
public sealed record LogoutClaims(string Id, string? SessionId, string? Subject, DateTimeOffset IssuedAt);
