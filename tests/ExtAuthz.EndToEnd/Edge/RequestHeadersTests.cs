using ExtAuthz.Edge.Downstream;
using ExtAuthz.Edge.Headers;

namespace ExtAuthz.EndToEnd.Edge;

public sealed class RequestHeadersTests
{
    [Fact]
    public void Host_and_request_line_become_pseudo_headers_and_the_target_is_kept_byte_for_byte()
    {
        var headers = Read(Requests.Raw("//admin/%2e%2E/x?a=%zz&b=//"));

        headers[":method"].ShouldBe("GET");
        headers[":path"].ShouldBe("//admin/%2e%2E/x?a=%zz&b=//");
        headers[":authority"].ShouldBe("app.example.com");
        headers[":scheme"].ShouldBe("http");
        headers.Lines.ShouldNotContain(line => line.Name == "host");
    }

    [Theory]
    [InlineData("http://other.example/a?b", "other.example", "/a?b")]
    [InlineData("http://other.example", "other.example", "/")]
    [InlineData("http://other.example?b", "other.example", "/?b")]
    [InlineData("/a?u=http://x/", "app.example.com", "/a?u=http://x/")]
    [InlineData("*", "app.example.com", "*")]
    public void An_absolute_target_gives_authority_and_path(string target, string authority, string path)
    {
        var headers = Read(Requests.Raw(target));

        headers[":authority"].ShouldBe(authority);
        headers[":path"].ShouldBe(path);
    }

    [Fact]
    public void Cookie_lines_of_HTTP_1_stay_apart_and_crumbs_of_HTTP_2_are_joined()
    {
        (string, string)[] cookies = [("cookie", "a=1"), ("cookie", "b=2")];

        Values(Read(Requests.Raw(lines: cookies)), "cookie").ShouldBe(["a=1", "b=2"]);
        Values(Read(Requests.Raw(protocol: "HTTP/2", lines: cookies)), "cookie").ShouldBe(["a=1; b=2"]);
    }

    [Fact]
    public void Inline_headers_are_one_entry_and_other_duplicates_are_kept_in_order()
    {
        var headers = Read(Requests.Raw(lines:
        [
            ("authorization", "Bearer a"), ("x-custom", "1"), ("authorization", "Bearer b"), ("x-custom", ""), ("x-custom", "2"),
        ]));

        Values(headers, "authorization").ShouldBe(["Bearer a,Bearer b"]);
        Values(headers, "x-custom").ShouldBe(["1", "", "2"]);
    }

    [Fact]
    public void Hop_by_hop_headers_and_what_only_Envoy_may_say_are_cleaned()
    {
        var headers = Read(Requests.Raw(lines:
        [
            ("connection", "keep-alive"), ("keep-alive", "5"), ("transfer-encoding", "chunked"), ("te", "gzip"), ("upgrade", "h2c"),
            ("x-envoy-original-path", "/public"), ("x-forwarded-client-cert", "By=x"),
            ("x-forwarded-for", "10.0.0.1"), ("x-forwarded-proto", "https"), ("x-request-id", "mine"),
        ]));

        Answers.Lines(headers).Skip(4).ShouldBe(
        [
            "x-forwarded-for: 10.0.0.1,192.0.2.7",
            "x-forwarded-proto: http",
            "x-envoy-external-address: 192.0.2.7",
            "x-request-id: request-id",
        ]);
    }

    [Fact]
    public void A_WebSocket_upgrade_keeps_its_headers_and_an_extended_CONNECT_becomes_one()
    {
        var upgrade = Read(Requests.Raw(lines: [("connection", "keep-alive, Upgrade"), ("upgrade", "websocket")]));
        var connect = Read(Requests.Raw("/chat", "CONNECT", "HTTP/2") with { ConnectProtocol = "websocket" });

        upgrade["upgrade"].ShouldBe("websocket");
        upgrade["connection"].ShouldBe("keep-alive, Upgrade");
        connect[":method"].ShouldBe("GET");
        connect[":path"].ShouldBe("/chat");
        connect["upgrade"].ShouldBe("websocket");
        connect["connection"].ShouldBe("upgrade");
    }

    private static HeaderList Read(RawRequest raw) => RequestHeaders.Read(raw, "request-id");

    private static IEnumerable<string> Values(HeaderList headers, string name) =>
        headers.Lines.Where(line => name.Equals(line.Name, StringComparison.Ordinal)).Select(line => line.Value);
}
