using System.Text.Json.Serialization;

namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>The bodies of provider calls.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, MaxDepth = 32)]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class OpenIdConnectJson : JsonSerializerContext;
