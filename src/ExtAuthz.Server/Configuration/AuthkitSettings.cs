using ExtAuthz.Domain;
using ExtAuthz.Server.OpenIdConnect;
using ExtAuthz.Server.Sessions;
using ExtAuthz.Server.WorkOS;

namespace ExtAuthz.Server.Configuration;

/// <summary>The whole configuration, valid and immutable. One of the two providers is set.</summary>
internal sealed record AuthkitSettings(Site Site, WorkOSSettings? WorkOS, OpenIdConnectSettings? OpenIdConnect, PasswordRing Passwords, GrpcSettings Grpc, bool Debug);
