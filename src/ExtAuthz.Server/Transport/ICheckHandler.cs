using ExtAuthz.Domain;

namespace ExtAuthz.Server.Transport;

/// <summary>Decides one request. It answers every outcome by a decision and throws only <see cref="OperationCanceledException"/>.</summary>
internal interface ICheckHandler
{
    /// <summary>Decides; <paramref name="cancellationToken"/> ends when Envoy has given up or its deadline has passed.</summary>
    ValueTask<CheckDecision> CheckAsync(IncomingRequest request, CancellationToken cancellationToken);
}
