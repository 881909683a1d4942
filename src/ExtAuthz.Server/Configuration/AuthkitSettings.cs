using System.Collections.Immutable;
using ExtAuthz.Server.Redis;

namespace ExtAuthz.Server.Configuration;

/// <summary>The whole configuration, valid and immutable.</summary>
/// <param name="Sites">The sites, at least one.</param>
/// <param name="Redis">What replicas share; null when they share nothing.</param>
/// <param name="Grpc">The port that Envoy calls.</param>
/// <param name="Operations">The port for events of the provider; null when there is none.</param>
/// <param name="Debug">Whether each step of each session is logged.</param>
internal sealed record AuthkitSettings(ImmutableArray<SiteSettings> Sites, RedisSettings? Redis, GrpcSettings Grpc, OperationsSettings? Operations, bool Debug);
