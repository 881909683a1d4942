using ExtAuthz.Domain;
using ExtAuthz.Server.Sessions;
using ExtAuthz.Server.WorkOS;

namespace ExtAuthz.Server.Configuration;

/// <summary>The whole configuration, valid and immutable.</summary>
internal sealed record AuthkitSettings(Site Site, WorkOSSettings WorkOS, PasswordRing Passwords, GrpcSettings Grpc, bool Debug);
