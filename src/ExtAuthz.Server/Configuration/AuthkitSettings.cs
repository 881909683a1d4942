using ExtAuthz.Server.WorkOS;

namespace ExtAuthz.Server.Configuration;

/// <summary>The whole configuration, valid and immutable.</summary>
internal sealed record AuthkitSettings(
    WorkOSSettings WorkOS,
    SiteSettings Site,
    CookieSettings Cookie,
    IdentityHeaderSettings IdentityHeaders,
    ForwardSession ForwardSession,
    GrpcSettings Grpc,
    bool Debug);
