using System.Collections.Immutable;
using System.Diagnostics;
using ExtAuthz.Edge.Authorization;
using ExtAuthz.Edge.Downstream;
using ExtAuthz.Edge.Headers;
using ExtAuthz.Edge.Mutations;

namespace ExtAuthz.Edge;

/// <summary>What the ext_authz filter does with a request once its check is answered.</summary>
internal abstract record FilterDecision
{
    private FilterDecision()
    {
    }

    /// <summary>On to the upstream with these request headers.</summary>
    public sealed record Continue(HeaderList Headers, ImmutableArray<HeaderMutation> ResponseHeadersToAdd) : FilterDecision;

    /// <summary>Answered here.</summary>
    public sealed record Answer(LocalReply Reply) : FilterDecision;

    public static FilterDecision From(CheckOutcome outcome, HeaderList headers, EdgeOptions options) => outcome switch
    {
        CheckOutcome.Allowed(var answer) =>
            OkMutations.Apply(headers, answer, options.ValidateMutations) is { } mutated
                ? new Continue(mutated, [.. answer.ResponseHeadersToAdd.Select(HeaderMutation.From)])
                : new Answer(Denials.Invalid),
        CheckOutcome.Denied(var answer) => new Answer(Denials.Denied(answer, options.ValidateMutations)),
        CheckOutcome.Failed when options.FailureModeAllow => new Continue(headers, []),
        CheckOutcome.Failed(_, var answer) =>
            new Answer(Denials.Failed(answer, options.StatusOnError, options.ValidateMutations)),
        _ => throw new UnreachableException(),
    };
}
