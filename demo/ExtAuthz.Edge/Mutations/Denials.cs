using System.Collections.Immutable;
using Envoy.Service.Auth.V3;
using Envoy.Type.V3;
using ExtAuthz.Edge.Downstream;

namespace ExtAuthz.Edge.Mutations;

/// <summary>Turns a denial, a broken answer or a failed check into the reply for the client (<c>Filter::onComplete</c>).</summary>
internal static class Denials
{
    /// <summary>The answer broke <c>validate_mutations</c> or a header limit.</summary>
    public static LocalReply Invalid { get; } = new(StatusCodes.Status500InternalServerError, "ext_authz_invalid");

    /// <summary>Headers with <c>append: true</c> are dropped; the others all survive, so that several <c>set-cookie</c> do.</summary>
    public static LocalReply Denied(DeniedHttpResponse answer, bool validate)
    {
        var kept = answer.Headers.Select(HeaderMutation.From).Where(mutation => mutation.Append is not true).ToImmutableArray();
        return validate && !kept.All(mutation => mutation.IsValid)
            ? Invalid
            : Reply(answer, StatusCodes.Status403Forbidden, "ext_authz_denied", kept);
    }

    /// <summary>An <c>error_response</c> keeps its appended headers too; an invalid one voids all that it asked for.</summary>
    public static LocalReply Failed(DeniedHttpResponse? answer, int statusOnError, bool validate)
    {
        var mutations = (answer?.Headers ?? []).Select(HeaderMutation.From).ToImmutableArray();
        return answer is null || (validate && !mutations.All(mutation => mutation.IsValid))
            ? new LocalReply(statusOnError, "ext_authz_error")
            : Reply(answer, statusOnError, "ext_authz_error", mutations);
    }

    private static LocalReply Reply(
        DeniedHttpResponse answer, int defaultStatus, string details, ImmutableArray<HeaderMutation> mutations) =>
        new(answer.Status is { Code: > StatusCode.Empty and var code } ? (int)code : defaultStatus, details)
        {
            Headers = [.. mutations.Select(mutation => mutation.Header)],
            Body = answer.Body,
        };
}
