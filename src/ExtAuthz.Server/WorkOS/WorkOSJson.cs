using System.Text.Json.Serialization;

namespace ExtAuthz.Server.WorkOS;

/// <summary>The bodies of provider calls.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 32)]
[JsonSerializable(typeof(AuthenticateRequest))]
[JsonSerializable(typeof(AuthenticateAnswer))]
internal sealed partial class WorkOSJson : JsonSerializerContext;
