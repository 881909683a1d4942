using System.Collections.Immutable;

namespace ExtAuthz.Server.Configuration;

/// <summary>The whole configuration, valid and immutable.</summary>
/// <param name="Sites">The sites, at least one.</param>
/// <param name="Grpc">The port that Envoy calls.</param>
/// <param name="Debug">Whether each step of each session is logged.</param>
internal sealed record AuthkitSettings(ImmutableArray<SiteSettings> Sites, GrpcSettings Grpc, bool Debug);
