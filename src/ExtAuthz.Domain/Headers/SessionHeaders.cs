using System.Collections.Immutable;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Headers;

/// <summary>
/// Prepares what the upstream learns, once a site and once a session. Every reserved name is set or removed, on public paths
/// too, so that no client can say who it is.
/// </summary>
public sealed class SessionHeaders
{
    private readonly Site _site;
    private readonly ISessionCodec _codec;
    private readonly ReservedHeaders _reserved;
    private readonly IdentityHeaders _identity;
    private readonly UpstreamHeaders _always;

    /// <summary>Prepares the headers of a site.</summary>
    public SessionHeaders(Site site, ReservedHeaders reserved, ISessionCodec codec)
    {
        (_site, _codec, _reserved) = (site, codec, reserved);
        _identity = new IdentityHeaders(site.IdentityHeaders);
        _always = UpstreamHeaders.Unchanged.With(
            new HeaderValue("x-workos-middleware", "true"),
            new HeaderValue("x-redirect-uri", site.RedirectUri));
        if (site.SignUpPathsHeader is { } signUpPaths)
        {
            _always = _always.With(new HeaderValue("x-sign-up-paths", signUpPaths));
        }

        Anonymous = Complete(_always);
    }

    /// <summary>The headers of a request without a session.</summary>
    public UpstreamHeaders Anonymous { get; }

    /// <summary>The headers of a session, and the names of those left out for their size.</summary>
    public (UpstreamHeaders Headers, ImmutableArray<string> LeftOut) For(SealedSession value, Session session, AccessTokenClaims claims)
    {
        var (identity, leftOut) = _identity.For(session, claims);
        var headers = _always.With(identity.AsSpan());
        return (Complete(Forwarded(value, session) is { } forwarded ? headers.With(new HeaderValue("x-workos-session", forwarded)) : headers), leftOut);
    }

    private string? Forwarded(SealedSession value, Session session) => _site.ForwardSession switch
    {
        ForwardSession.Sealed => value.Value,
        ForwardSession.SealedWithoutRefreshToken => _codec.SealWithoutRefreshToken(session).Value,
        _ => null,
    };

    // x-url is set with each request's own value.
    private UpstreamHeaders Complete(UpstreamHeaders headers) => headers.Without([.. _reserved.Names.Where(name => name is not "x-url")]);
}
