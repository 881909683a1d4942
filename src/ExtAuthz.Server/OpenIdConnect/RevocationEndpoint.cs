using System.Net;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>Calls the revocation endpoint (RFC 7009 section 2), once per call.</summary>
internal sealed class RevocationEndpoint(HttpClient client, Discovery discovery, ClientCredentials credentials, TimeProvider clock)
{
    /// <summary>Revokes a refresh token. Faults of the network are outcomes; only <paramref name="cancellationToken"/> throws.</summary>
    public async Task<RevocationOutcome> RevokeAsync(RefreshToken token, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (discovery.Known is not { } metadata)
        {
            return new RevocationOutcome.Failed("provider not discovered");
        }

        if (metadata.RevocationEndpoint is not { } endpoint)
        {
            return new RevocationOutcome.NotOffered();
        }

        using var deadline = new CancellationTokenSource(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var request = credentials.Request(endpoint, [new("token", token.Value), new("token_type_hint", "refresh_token")]);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.StatusCode is HttpStatusCode.OK ? new RevocationOutcome.Revoked() : new RevocationOutcome.Failed($"status {(int)response.StatusCode}");
        }
        catch (HttpRequestException fault)
        {
            return new RevocationOutcome.Failed($"network: {fault.HttpRequestError}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new RevocationOutcome.Failed("timeout");
        }
    }
}
