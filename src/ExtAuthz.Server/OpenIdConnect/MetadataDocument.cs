using System.Text;
using ExtAuthz.Server.Tokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>Reads <c>/.well-known/openid-configuration</c>: believed only as far as the configured issuer reaches.</summary>
internal static class MetadataDocument
{
    /// <summary>How large a document may be, in bytes.</summary>
    public const int MaximumBytes = 256 * 1024;

    private const int MaximumDepth = 16;

    /// <summary>The metadata, if they are this issuer's (OpenID Connect Discovery section 4.3) and lead where its may lead.</summary>
    public static DiscoveryResult Read(byte[] utf8, OpenIdConnectSettings settings)
    {
        if (!StrictJson.IsObject(utf8, MaximumDepth) || Parse(utf8) is not { } document)
        {
            return new DiscoveryResult.Refused(DiscoveryFault.Malformed);
        }

        if (!string.Equals(document.Issuer, settings.Issuer, StringComparison.Ordinal))
        {
            return new DiscoveryResult.Refused(DiscoveryFault.Issuer);
        }

        var places = new EndpointRule(settings);
        if (places.Read(document.AuthorizationEndpoint) is not { } authorization
            || places.Read(document.TokenEndpoint) is not { } token
            || places.Read(document.JwksUri) is not { } keySet
            || (!string.IsNullOrEmpty(document.EndSessionEndpoint) && places.Read(document.EndSessionEndpoint) is null)
            || (!string.IsNullOrEmpty(document.RevocationEndpoint) && places.Read(document.RevocationEndpoint) is null))
        {
            return new DiscoveryResult.Refused(DiscoveryFault.Endpoint);
        }

        if (document.CodeChallengeMethodsSupported is { Count: > 0 } methods && !methods.Contains("S256"))
        {
            return new DiscoveryResult.Refused(DiscoveryFault.Pkce);
        }

        return new DiscoveryResult.Accepted(new ProviderMetadata
        {
            AuthorizationEndpoint = authorization,
            TokenEndpoint = token,
            KeySet = keySet,
            EndSessionEndpoint = places.Read(document.EndSessionEndpoint),
            RevocationEndpoint = places.Read(document.RevocationEndpoint),
            PromisesIssuer = document.AuthorizationResponseIssParameterSupported,
            CanPromptCreate = document.PromptValuesSupported.Contains("create"),
        });
    }

    private static OpenIdConnectConfiguration? Parse(byte[] utf8)
    {
        try
        {
            return OpenIdConnectConfiguration.Create(Encoding.UTF8.GetString(utf8));
        }
        catch (Exception fault) when (fault is System.Text.Json.JsonException or ArgumentException or InvalidOperationException)
        {
            return null; // the parser's words for a member of another type
        }
    }
}
