using System.Collections.Immutable;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Sessions;

/// <summary>A session whose access token has been verified, with all that can be prepared once for many requests.</summary>
public sealed class VerifiedSession
{
    /// <summary>The seal it came in.</summary>
    public required SealedSession Sealed { get; init; }

    /// <summary>What the seal held.</summary>
    public required Session Session { get; init; }

    /// <summary>What its access token says, but for the session id, which is that of <see cref="Identity"/>.</summary>
    public required AccessTokenClaims Claims { get; init; }

    /// <summary>Which session it is.</summary>
    public required SessionIdentity Identity { get; init; }

    /// <summary>All that the upstream learns of this session, whatever the request.</summary>
    public required UpstreamHeaders UpstreamHeaders { get; init; }

    /// <summary>The headers left out because their claims are too large; told once, when the session is verified.</summary>
    public ImmutableArray<SessionEvent> ClaimsLeftOut { get; init; } = [];

    /// <summary>From this moment on the session is refreshed ahead of its end.</summary>
    public required DateTimeOffset RefreshAt { get; init; }

    /// <summary>The generation of keys that verified it.</summary>
    public required int KeyGeneration { get; init; }

    /// <summary>The session's id, for logs.</summary>
    public override string ToString() => $"session {Claims.SessionId}";
}
