using System.Collections.Immutable;
using ExtAuthz.Edge.Headers;
using static Envoy.Config.Core.V3.HeaderValueOption.Types.HeaderAppendAction;
using HeaderAppendAction = Envoy.Config.Core.V3.HeaderValueOption.Types.HeaderAppendAction;

namespace ExtAuthz.Edge.Mutations;

/// <summary>
/// <c>response_headers_to_add</c> of an allowing answer, on whatever response comes back (<c>Filter::encodeHeaders</c>, Envoy 1.31 and later):
/// <c>append</c> decides when it is present, else <c>append_action</c>; an action that Envoy does not know is dropped.
/// </summary>
internal static class ResponseMutations
{
    private static readonly ImmutableArray<HeaderAppendAction> Order =
        [AppendIfExistsOrAdd, OverwriteIfExistsOrAdd, AddIfAbsent, OverwriteIfExists];

    public static HeaderList Apply(HeaderList headers, ImmutableArray<HeaderMutation> mutations)
    {
        foreach (var action in Order)
        {
            foreach (var (name, value, _, _) in mutations.Where(mutation => ActionOf(mutation) == action))
            {
                headers = Apply(headers, action, name, value);
            }
        }

        return headers;
    }

    private static HeaderAppendAction ActionOf(HeaderMutation mutation) => mutation.Append switch
    {
        true => AppendIfExistsOrAdd,
        false => OverwriteIfExistsOrAdd,
        null => mutation.AppendAction,
    };

    private static HeaderList Apply(HeaderList headers, HeaderAppendAction action, string name, string value) => action switch
    {
        AppendIfExistsOrAdd => headers.Add(name, value),
        OverwriteIfExistsOrAdd => headers.Set(name, value),
        AddIfAbsent => headers.Contains(name) ? headers : headers.Add(name, value),
        _ => headers.Contains(name) ? headers.Set(name, value) : headers,
    };
}
