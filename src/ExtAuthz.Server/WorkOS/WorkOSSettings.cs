using System.Collections.Immutable;

namespace ExtAuthz.Server.WorkOS;

/// <summary>Which WorkOS environment to talk to, and as whom.</summary>
/// <param name="BaseUrl">Scheme, host and port, without a trailing slash.</param>
/// <param name="ClientId">The OAuth client id.</param>
/// <param name="ApiKey">The API key.</param>
/// <param name="RedirectUri">The redirect URI as registered, byte for byte.</param>
/// <param name="Issuers">Every <c>iss</c> to accept, byte for byte; never empty.</param>
internal sealed record WorkOSSettings(string BaseUrl, string ClientId, ApiKey ApiKey, string RedirectUri, ImmutableArray<string> Issuers);
