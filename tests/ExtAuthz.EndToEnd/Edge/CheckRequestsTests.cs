using Envoy.Service.Auth.V3;
using ExtAuthz.Edge.Authorization;
using HttpRequest = Envoy.Service.Auth.V3.AttributeContext.Types.HttpRequest;

namespace ExtAuthz.EndToEnd.Edge;

public sealed class CheckRequestsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_dedicated_fields_are_filled_in_both_encodings(bool rawHeaders)
    {
        var attributes = Create(rawHeaders, Requests.Raw("/a?b=c", "POST")).Attributes;
        var http = attributes.Request.Http;

        (http.Id, http.Method, http.Path, http.Host).ShouldBe(("42", "POST", "/a?b=c", "app.example.com"));
        (http.Scheme, http.Protocol, http.Size, http.Query).ShouldBe(("http", "HTTP/1.1", 0, ""));
        attributes.Request.Time.ToDateTimeOffset().ShouldBe(DateTimeOffset.UnixEpoch);
        attributes.Source.Address.SocketAddress.Address.ShouldBe("192.0.2.7");
        attributes.Destination.Address.SocketAddress.PortValue.ShouldBe(8080u);
        attributes.MetadataContext.ShouldNotBeNull();
        attributes.RouteMetadataContext.ShouldNotBeNull();
    }

    [Fact]
    public void The_map_joins_duplicates_with_a_comma_keeps_empty_values_and_mends_bytes_that_are_not_UTF_8()
    {
        var http = Http(rawHeaders: false, ("x-list", ""), ("x-list", "foo"), ("x-list", "bar"),
            ("cookie", "a=1"), ("cookie", "b=2"), ("x-bytes", "\u00ffé\u00c3\u00a9"));

        http.HeaderMap.ShouldBeNull();
        http.Headers["x-list"].ShouldBe(",foo,bar");
        http.Headers["cookie"].ShouldBe("a=1,b=2");
        http.Headers["x-bytes"].ShouldBe("!!é");
        http.Headers[":authority"].ShouldBe("app.example.com");
        http.Headers.ContainsKey("host").ShouldBeFalse();
    }

    [Fact]
    public void The_header_map_keeps_order_duplicates_and_bytes()
    {
        var http = Http(rawHeaders: true, ("x-list", "foo"), ("cookie", "a=1"), ("x-list", "\u00ff"), ("cookie", "b=2"));

        http.Headers.ShouldBeEmpty();
        http.HeaderMap.Headers.ShouldAllBe(header => header.Value == "");
        http.HeaderMap.Headers.Skip(4).Take(4)
            .Select(header => (header.Key, Convert.ToHexString(header.RawValue.Span)))
            .ShouldBe([("x-list", "666F6F"), ("cookie", "613D31"), ("x-list", "FF"), ("cookie", "623D32")]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_partial_body_header_of_the_client_is_never_in_the_check(bool rawHeaders)
    {
        var http = Http(rawHeaders, ("x-envoy-auth-partial-body", "true"));

        http.ToString().ShouldNotContain("partial-body");
    }

    private static HttpRequest Http(bool rawHeaders, params (string, string)[] lines) =>
        Create(rawHeaders, Requests.Raw(lines: lines)).Attributes.Request.Http;

    private static CheckRequest Create(bool rawHeaders, ExtAuthz.Edge.Downstream.RawRequest raw) =>
        CheckRequests.Create(Requests.Downstream(raw), rawHeaders);
}
