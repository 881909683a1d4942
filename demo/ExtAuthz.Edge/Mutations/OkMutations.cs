using System.Collections.Immutable;
using Envoy.Service.Auth.V3;
using ExtAuthz.Edge.Headers;

namespace ExtAuthz.Edge.Mutations;

/// <summary>What an allowing answer does to the request: set, append, remove, then the query (<c>Filter::onComplete</c>, case OK).</summary>
internal static class OkMutations
{
    // Envoy's defaults of max_headers_count and max_request_headers_kb.
    private const int MaxCount = 100;
    private const int MaxBytes = 60 * 1024;

    /// <summary>The request headers for the upstream, or null when the answer breaks a rule or a limit, which is a 500.</summary>
    public static HeaderList? Apply(HeaderList headers, OkHttpResponse answer, bool validate)
    {
        var mutations = answer.Headers.Select(HeaderMutation.From).ToImmutableArray();
        if (validate && !(mutations.All(mutation => mutation.IsValid) && HasValidRest(answer)))
        {
            return null;
        }

        // OrderBy is stable: all that set, then all that append, each in the order of the answer.
        foreach (var (name, value, append, _) in mutations.OrderBy(mutation => mutation.Append is true))
        {
            headers = append is true ? headers.AppendToExisting(name, value) : headers.Set(name, value);
            if (!IsWithinLimits(headers))
            {
                return null;
            }
        }

        foreach (var name in answer.HeadersToRemove.Where(IsRemovable))
        {
            headers = headers.Remove(name);
        }

        if (answer.QueryParametersToSet.Count + answer.QueryParametersToRemove.Count > 0)
        {
            headers = headers.Set(":path", QueryParameters.Rewrite(
                headers[":path"] ?? "", answer.QueryParametersToSet, answer.QueryParametersToRemove));
        }

        return IsWithinLimits(headers) ? headers : null;
    }

    private static bool IsRemovable(string name) =>
        !name.StartsWith(':') && !name.Equals("host", StringComparison.OrdinalIgnoreCase);

    private static bool IsWithinLimits(HeaderList headers) => headers.Lines.Length <= MaxCount && headers.ByteSize <= MaxBytes;

    private static bool HasValidRest(OkHttpResponse answer) =>
        answer.ResponseHeadersToAdd.Select(HeaderMutation.From).All(mutation => mutation.IsValidForResponse)
        && answer.QueryParametersToSet.All(parameter =>
            HeaderGrammar.IsQueryText(parameter.Key) && HeaderGrammar.IsQueryText(parameter.Value))
        && answer.QueryParametersToRemove.All(HeaderGrammar.IsQueryText);
}
