using Envoy.Config.Core.V3;
using ExtAuthz.Edge.Headers;
using HeaderAppendAction = Envoy.Config.Core.V3.HeaderValueOption.Types.HeaderAppendAction;

namespace ExtAuthz.Edge.Mutations;

/// <summary>One <c>HeaderValueOption</c> of an answer as Envoy reads it: <c>value</c> only, never <c>raw_value</c> or <c>keep_empty_value</c>.</summary>
internal readonly record struct HeaderMutation(string Name, string Value, bool? Append, HeaderAppendAction AppendAction)
{
    public Header Header => new(Name, Value);

    /// <summary>What <c>validate_mutations</c> asks of any header.</summary>
    public bool IsValid => HeaderGrammar.IsName(Name) && HeaderGrammar.IsValue(Value);

    /// <summary>The append action is read only in <c>response_headers_to_add</c>, and there only when <c>append</c> is absent.</summary>
    public bool IsValidForResponse => IsValid && (Append is not null || Enum.IsDefined(AppendAction));

    public static HeaderMutation From(HeaderValueOption option) => new(
        option.Header?.Key ?? "", HeaderBytes.FromText(option.Header?.Value ?? ""), option.Append, option.AppendAction);
}
