using System.Diagnostics;
using System.Net;

namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>
/// The provider's metadata, fetched from <c>{issuer}/.well-known/openid-configuration</c> whenever its keys are fetched and an hour has passed.
/// What a fetch does not bring stays as it was, for a day at most.
/// </summary>
internal sealed class Discovery(HttpClient http, OpenIdConnectSettings settings, TimeProvider clock, ILogger<Discovery> log)
{
    private static readonly TimeSpan SoftAge = TimeSpan.FromHours(1);
    private static readonly TimeSpan HardAge = TimeSpan.FromHours(24);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    private readonly string _address = $"{settings.Issuer.TrimEnd('/')}/.well-known/openid-configuration";
    private volatile Finding? _last;

    /// <summary>The metadata, or null if there are none or they are too old.</summary>
    public ProviderMetadata? Known => _last is { } last && clock.GetElapsedTime(last.At) < HardAge ? last.Metadata : null;

    /// <summary>The metadata, fetched now if they are not fresh; null when there are none to trust.</summary>
    public async Task<ProviderMetadata?> FindAsync(CancellationToken cancellationToken)
    {
        if (_last is { } last && clock.GetElapsedTime(last.At) < SoftAge)
        {
            return last.Metadata;
        }

        switch (await FetchAsync(cancellationToken))
        {
            case DiscoveryResult.Accepted(var metadata):
                Take(metadata);
                break;
            case DiscoveryResult.Refused(var fault):
                log.ProviderNotDiscovered(settings.Issuer, fault);
                break;
            default:
                throw new UnreachableException();
        }

        return Known;
    }

    private void Take(ProviderMetadata metadata)
    {
        if (_last?.Metadata != metadata)
        {
            log.ProviderDiscovered(settings.Issuer, metadata.KeySet);
        }

        _last = new Finding(metadata, clock.GetTimestamp());
    }

    private async Task<DiscoveryResult> FetchAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var answer = await http.GetAsync(new Uri(_address), HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (answer.StatusCode is not HttpStatusCode.OK)
            {
                return new DiscoveryResult.Refused(DiscoveryFault.Status);
            }

            await answer.Content.LoadIntoBufferAsync(MetadataDocument.MaximumBytes, either.Token);
            return MetadataDocument.Read(await answer.Content.ReadAsByteArrayAsync(either.Token), settings);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DiscoveryResult.Refused(DiscoveryFault.TimedOut);
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            return new DiscoveryResult.Refused(DiscoveryFault.TooLarge);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new DiscoveryResult.Refused(DiscoveryFault.Unreachable);
        }
    }

    private sealed record Finding(ProviderMetadata Metadata, long At);
}
