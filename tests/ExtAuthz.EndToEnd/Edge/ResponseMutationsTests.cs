using Envoy.Config.Core.V3;
using ExtAuthz.Edge.Headers;
using ExtAuthz.Edge.Mutations;
using static ExtAuthz.EndToEnd.Edge.Answers;
using HeaderAppendAction = Envoy.Config.Core.V3.HeaderValueOption.Types.HeaderAppendAction;

namespace ExtAuthz.EndToEnd.Edge;

public sealed class ResponseMutationsTests
{
    [Fact]
    public void Append_decides_when_it_is_present()
    {
        var headers = Apply(
            Headers(("set-cookie", "upstream=1"), ("cache-control", "public")),
            Option("set-cookie", "a=1", append: true),
            Option("set-cookie", "b=2", append: true),
            Option("cache-control", "no-store", append: false, HeaderAppendAction.AddIfAbsent));

        Lines(headers).ShouldBe(["set-cookie: upstream=1", "set-cookie: a=1", "set-cookie: b=2", "cache-control: no-store"]);
    }

    [Theory]
    [InlineData(HeaderAppendAction.AppendIfExistsOrAdd, "x: old|x: new", "x: new")]
    [InlineData(HeaderAppendAction.AddIfAbsent, "x: old", "x: new")]
    [InlineData(HeaderAppendAction.OverwriteIfExistsOrAdd, "x: new", "x: new")]
    [InlineData(HeaderAppendAction.OverwriteIfExists, "x: new", "")]
    [InlineData((HeaderAppendAction)9, "x: old", "")]
    internal void Without_append_the_action_decides(HeaderAppendAction action, string onExisting, string onAbsent)
    {
        string.Join('|', Lines(Apply(Headers(("x", "old")), Option("x", "new", action: action)))).ShouldBe(onExisting);
        string.Join('|', Lines(Apply(HeaderList.Empty, Option("x", "new", action: action)))).ShouldBe(onAbsent);
    }

    [Fact]
    public void Additions_come_before_overwrites_whatever_their_order()
    {
        var headers = Apply(HeaderList.Empty, Option("x", "set", append: false), Option("x", "added", append: true));

        Lines(headers).ShouldBe(["x: set"]);
    }

    private static HeaderList Apply(HeaderList headers, params HeaderValueOption[] options) =>
        ResponseMutations.Apply(headers, [.. options.Select(HeaderMutation.From)]);
}
