using ExtAuthz.Domain;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Server.Transport;

namespace ExtAuthz.Benchmarks;

/// <summary>Allows everything at once: what is left is the transport.</summary>
internal sealed class NothingHandler : ICheckHandler
{
    private static readonly CheckDecision Allowed = new CheckDecision.Allowed(DecisionReason.Public, UpstreamHeaders.Unchanged, []);

    public ValueTask<CheckDecision> CheckAsync(IncomingRequest request, CancellationToken cancellationToken) => new(Allowed);
}
