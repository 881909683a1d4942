using Envoy.Config.Core.V3;
using Envoy.Service.Auth.V3;
using ExtAuthz.Edge.Headers;
using ExtAuthz.Edge.Mutations;
using static ExtAuthz.EndToEnd.Edge.Answers;
using HeaderAppendAction = Envoy.Config.Core.V3.HeaderValueOption.Types.HeaderAppendAction;

namespace ExtAuthz.EndToEnd.Edge;

public sealed class OkMutationsTests
{
    [Fact]
    public void A_header_without_append_replaces_all_its_lines_and_the_last_writer_wins()
    {
        var headers = Apply(
            Headers(("x-a", "1"), ("x-a", "2"), ("x-b", "b")),
            Option("X-A", "3"), Option("x-new", "4", append: false), Option("x-a", "5"));

        Lines(headers).ShouldBe(["x-b: b", "x-new: 4", "x-a: 5"]);
    }

    [Fact]
    public void Append_joins_to_the_first_line_and_never_adds_a_header()
    {
        var headers = Apply(
            Headers(("x-a", "1"), ("x-a", "2"), ("cookie", "a=1")),
            Option("x-a", "3", append: true), Option("cookie", "b=2", append: true), Option("x-new", "4", append: true));

        Lines(headers).ShouldBe(["x-a: 1,3", "x-a: 2", "cookie: a=1; b=2"]);
    }

    [Fact]
    public void Append_follows_set_whatever_the_order_in_the_answer()
    {
        var headers = Apply(
            HeaderList.Empty,
            Option("multiple", "second", append: true), Option("multiple", "first", append: false));

        Lines(headers).ShouldBe(["multiple: first,second"]);
    }

    [Fact]
    public void Append_action_keep_empty_value_and_raw_value_are_not_read()
    {
        var raw = new HeaderValueOption { Header = new HeaderValue { Key = "x-raw", RawValue = Google.Protobuf.ByteString.CopyFromUtf8("x") } };
        var headers = Apply(
            Headers(("x-a", "1")),
            Option("x-a", "2", action: HeaderAppendAction.AppendIfExistsOrAdd), Option("x-empty", ""), raw);

        Lines(headers).ShouldBe(["x-a: 2", "x-empty: ", "x-raw: "]);
    }

    [Fact]
    public void Removal_comes_after_set_and_spares_pseudo_headers_and_host()
    {
        var headers = Headers((":authority", "h"), (":method", "GET"), (":path", "/"), (":scheme", "http"), ("x-a", "1"));
        var answer = new OkHttpResponse
        {
            Headers = { Option("x-set", "1") },
            HeadersToRemove = { ":authority", "Host", ":method", ":path", ":scheme", "X-A", "x-set", "x-unknown", "not a name" },
        };

        Lines(OkMutations.Apply(headers, answer, validate: true)).ShouldBe([":authority: h", ":method: GET", ":path: /", ":scheme: http"]);
    }

    [Fact]
    public void The_service_may_set_host_which_is_the_authority()
    {
        Lines(Apply(Headers((":authority", "h")), Option("Host", "other"))).ShouldBe([":authority: other"]);
    }

    [Fact]
    public void A_text_beyond_ASCII_goes_on_as_UTF_8_bytes()
    {
        Lines(Apply(HeaderList.Empty, Option("x-name", "é"))).ShouldBe(["x-name: \u00c3\u00a9"]);
    }

    [Fact]
    public void An_invalid_mutation_is_refused_only_when_mutations_are_validated()
    {
        OkHttpResponse[] invalid =
        [
            new() { Headers = { Option("bad name", "v") } },
            new() { Headers = { Option("", "v") } },
            new() { Headers = { Option("x-a", "a\r\nb") } },
            new() { Headers = { Option("x-a", "a\0", append: true) } },
            new() { ResponseHeadersToAdd = { Option("bad\nname", "v", append: true) } },
            new() { ResponseHeadersToAdd = { Option("x-a", "\u007f", append: true) } },
            new() { ResponseHeadersToAdd = { Option("x-a", "v", action: (HeaderAppendAction)9) } },
            new() { QueryParametersToSet = { new QueryParameter { Key = "k", Value = "not encoded" } } },
            new() { QueryParametersToRemove = { "a&b" } },
        ];

        foreach (var answer in invalid)
        {
            OkMutations.Apply(Headers((":path", "/")), answer, validate: true).ShouldBeNull(answer.ToString());
            OkMutations.Apply(Headers((":path", "/")), answer, validate: false).ShouldNotBeNull(answer.ToString());
        }
    }

    [Fact]
    public void A_tab_bytes_above_ASCII_and_a_leading_colon_are_valid()
    {
        Apply(HeaderList.Empty, Option("x-a", "a\tb é"), Option(":path", "/other")).ShouldNotBeNull();
    }

    [Fact]
    public void Too_many_or_too_large_headers_are_refused_even_when_a_removal_would_mend_it()
    {
        var many = HeaderList.From(Enumerable.Range(0, 100).Select(index => new Header($"x-{index}", "v")));
        var answer = new OkHttpResponse { Headers = { Option("x-more", "v") }, HeadersToRemove = { "x-1" } };
        var large = new string('v', 60 * 1024);

        OkMutations.Apply(many, answer, validate: false).ShouldBeNull();
        Apply(many, Option("x-1", "other")).ShouldNotBeNull();
        Apply(HeaderList.Empty, Option("x-a", large)).ShouldBeNull();
        Apply(Headers(("x-a", "1")), Option("x-a", large, append: true)).ShouldBeNull();
        var query = new OkHttpResponse { QueryParametersToSet = { new QueryParameter { Key = "k", Value = large } } };
        OkMutations.Apply(Headers((":path", "/")), query, validate: true).ShouldBeNull();
    }

    [Theory]
    [InlineData("/users?leave-me=1", "", "", "/users?leave-me=1")]
    [InlineData("/users?b=2&a=1&b", "c=3", "", "/users?a=1&b=2&b=&c=3")]
    [InlineData("/users", "a=1", "", "/users?a=1")]
    [InlineData("/users?remove-me=1&overwrite-me=2&leave-me=3", "add-me=9 overwrite-me=new", "remove-me", "/users?add-me=9&leave-me=3&overwrite-me=new")]
    [InlineData("/users?remove-me=1&remove-me=2", "", "remove-me", "/users")]
    [InlineData("/users?Remove-me=%31&k=a=b", "", "remove-me", "/users?Remove-me=%31&k=a=b")]
    public void Query_parameters_are_set_and_removed_in_sorted_order(string path, string set, string remove, string expected)
    {
        var answer = new OkHttpResponse
        {
            QueryParametersToSet = { set.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parameter) },
            QueryParametersToRemove = { remove.Split(' ', StringSplitOptions.RemoveEmptyEntries) },
        };

        OkMutations.Apply(Headers((":path", path)), answer, validate: true)?[":path"].ShouldBe(expected);

        static QueryParameter Parameter(string pair) => new() { Key = pair.Split('=')[0], Value = pair.Split('=')[1] };
    }

    private static HeaderList? Apply(HeaderList headers, params HeaderValueOption[] options) =>
        OkMutations.Apply(headers, new OkHttpResponse { Headers = { options } }, validate: true);
}
