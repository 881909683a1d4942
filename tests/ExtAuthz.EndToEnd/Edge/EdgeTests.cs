using System.Net;
using Envoy.Service.Auth.V3;
using ExtAuthz.Edge;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using static ExtAuthz.EndToEnd.Edge.Answers;
using static ExtAuthz.EndToEnd.Edge.ScriptedAuthorizationService;

namespace ExtAuthz.EndToEnd.Edge;

public sealed class EdgeTests
{
    [Fact]
    public async Task An_allowed_request_reaches_the_upstream_with_its_mutations_and_its_raw_target()
    {
        await using var bed = await EdgeTestBed.StartAsync(new EdgeOptions { NormalizePath = false, MergeSlashes = false });
        bed.Service.Answer = Message(Allow(new OkHttpResponse
        {
            Headers = { Option("x-auth-user-id", "user_1") },
            HeadersToRemove = { "x-forged" },
            ResponseHeadersToAdd = { Option("set-cookie", "a=1", append: true), Option("cache-control", "no-store", append: false) },
        }));

        var response = await bed.SendRawAsync(
            "POST //x/../y%2e?q=%zz&r=// HTTP/1.1\r\nHost: app.example.com\r\nX-Forged: 1\r\nx_auth_user_id: 2\r\nX-Auth-User-Id: admin\r\n"
            + "Content-Length: 4\r\nConnection: close\r\n\r\nbody");

        response.ShouldStartWith("HTTP/1.1 200 OK");
        response.ShouldContain("POST //x/../y%2e?q=%zz&r=//");
        response.ShouldContain("\nhost: app.example.com\n");
        response.ShouldContain("\nx-auth-user-id: user_1\n");
        response.ShouldContain("\nx_auth_user_id: 2\n");
        response.ShouldContain("\nx-forwarded-for: 127.0.0.1\n");
        response.ShouldContain("body");
        response.ShouldNotContain("x-forged");
        response.ShouldNotContain("admin");
        response.ShouldContain("set-cookie: upstream=1\r\nset-cookie: a=1\r\n");
        response.ShouldContain("cache-control: no-store");
    }

    [Fact]
    public async Task Unusual_header_names_and_large_or_binary_values_pass_unchanged()
    {
        await using var bed = await EdgeTestBed.StartAsync();
        var large = new string('v', 50 * 1024);

        var response = await bed.SendRawAsync(
            $"GET / HTTP/1.1\r\nHost: h\r\nX!#$%&'*+-.^_`|~: 1\r\nX-Bytes: \u00ff\u00fe\r\nX-Large: {large}\r\nConnection: close\r\n\r\n");

        response.ShouldContain("\nx!#$%&'*+-.^_`|~: 1\n");
        response.Count(character => character == 'v').ShouldBeGreaterThanOrEqualTo(large.Length);
        response.ShouldContain("\nx-bytes: \u00c3\u00bf\u00c3\u00be\n"); // the echo of the two bytes is in UTF-8
    }

    [Fact]
    public async Task The_check_carries_exactly_the_headers_of_Envoy()
    {
        await using var bed = await EdgeTestBed.StartAsync();

        await bed.Client.GetAsync(new Uri(bed.Http1, "/a?b=c"), TestContext.Current.CancellationToken);

        bed.Service.Received.ShouldHaveSingleItem().Headers.ShouldBe(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [":method"] = "POST",
                [":path"] = "/envoy.service.auth.v3.Authorization/Check",
                [":authority"] = "ext-authz",
                ["content-type"] = "application/grpc",
                ["te"] = "trailers",
                ["grpc-timeout"] = "200m",
                ["x-envoy-internal"] = "true",
                ["x-forwarded-for"] = "127.0.0.1",
                ["x-envoy-expected-rq-timeout-ms"] = "200",
                ["host"] = "ext-authz",
            },
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_denial_redirects_with_both_cookies_and_never_meets_the_upstream()
    {
        await using var bed = await EdgeTestBed.StartAsync();
        bed.Service.Answer = Message(Deny(Denied(
            307, "", Option("location", "https://id.example/"), Option("set-cookie", "a=1"), Option("set-cookie", "b=2"))));

        var response = await bed.Client.GetAsync(bed.Http1, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.TemporaryRedirect);
        response.Headers.Location.ShouldBe(new Uri("https://id.example/"));
        response.Headers.GetValues("set-cookie").ShouldBe(["a=1", "b=2"]);
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, 503)]
    [InlineData(true, 200)]
    public async Task A_check_beyond_its_deadline_is_cancelled_and_counts_as_an_error(bool failureModeAllow, int status)
    {
        await using var bed = await EdgeTestBed.StartAsync(new EdgeOptions { StatusOnError = 503, FailureModeAllow = failureModeAllow });
        var asked = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        bed.Service.Answer = async context =>
        {
            await using var registration = context.RequestAborted.Register(cancelled.SetResult);
            asked.SetResult();
            await cancelled.Task;
        };

        var pending = bed.Client.GetAsync(bed.Http1, TestContext.Current.CancellationToken);
        await asked.Task;
        bed.Clock.Advance(TimeSpan.FromMilliseconds(200));

        ((int)(await pending).StatusCode).ShouldBe(status);
        await cancelled.Task;
    }

    [Fact]
    public async Task A_gRPC_error_and_an_unreachable_service_are_errors_and_not_denials()
    {
        await using var bed = await EdgeTestBed.StartAsync(new EdgeOptions { StatusOnError = 503 });
        bed.Service.Answer = TrailersOnly(7);
        var refused = await bed.Client.GetAsync(bed.Http1, TestContext.Current.CancellationToken);
        await bed.Service.DisposeAsync();
        var unreachable = await bed.Client.GetAsync(bed.Http1, TestContext.Current.CancellationToken);

        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        unreachable.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        bed.Log.Count(line => line.EndsWith("503 ext_authz_error -", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task An_empty_CheckResponse_allows()
    {
        await using var bed = await EdgeTestBed.StartAsync();
        bed.Service.Answer = Message(new CheckResponse());

        (await bed.Client.GetAsync(bed.Http1, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(true, "a=1|b=2")]
    [InlineData(false, "a=1,b=2")]
    public async Task Cookie_lines_of_HTTP_1_are_several_entries_or_joined_by_a_comma(bool rawHeaders, string expected)
    {
        await using var bed = await EdgeTestBed.StartAsync(new EdgeOptions { RawHeaders = rawHeaders });

        await bed.SendRawAsync("GET / HTTP/1.1\r\nHost: h\r\nCookie: a=1\r\nCookie: b=2\r\nConnection: close\r\n\r\n");

        Cookies(bed).ShouldBe(expected);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cookie_crumbs_of_HTTP_2_are_one_cookie(bool rawHeaders)
    {
        await using var bed = await EdgeTestBed.StartAsync(new EdgeOptions { RawHeaders = rawHeaders });

        await RawHttp2.SendAsync(
            bed.Http2,
            (":method", "GET"), (":path", "/a?b"), (":scheme", "http"), (":authority", "h"), ("cookie", "a=1"), ("cookie", "b=2"));

        Cookies(bed).ShouldBe("a=1; b=2");
        var http = bed.Service.Received.ShouldHaveSingleItem().Check.Attributes.Request.Http;
        (http.Protocol, http.Path, http.Host).ShouldBe(("HTTP/2", "/a?b", "h"));
    }

    [Fact]
    public async Task A_denied_gRPC_client_reads_a_status_it_understands()
    {
        await using var bed = await EdgeTestBed.StartAsync();
        bed.Service.Answer = Message(Deny(Denied(401, "sign in")));

        using var request = GrpcRequest(bed);
        var response = await bed.Client.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/grpc");
        response.Headers.GetValues("grpc-status").ShouldBe(["16"]);
        response.Headers.GetValues("grpc-message").ShouldBe(["sign in"]);
    }

    [Fact]
    public async Task An_allowed_gRPC_call_keeps_HTTP_2_and_its_trailers()
    {
        await using var bed = await EdgeTestBed.StartAsync(upstream: HttpProtocols.Http2);

        using var request = GrpcRequest(bed);
        var response = await bed.Client.SendAsync(request, TestContext.Current.CancellationToken);

        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("te: trailers");
        response.TrailingHeaders.GetValues("grpc-status").ShouldBe(["0"]);
    }

    [Fact]
    public async Task A_WebSocket_is_checked_but_not_forwarded()
    {
        await using var bed = await EdgeTestBed.StartAsync();

        var response = await bed.SendRawAsync(
            "GET /chat HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n");

        response.ShouldStartWith("HTTP/1.1 501");
        bed.Service.Received.ShouldHaveSingleItem().Check.Attributes.Request.Http.HeaderMap.Headers
            .ShouldContain(header => header.Key == "upgrade" && header.RawValue.ToStringUtf8() == "websocket");
    }

    [Fact]
    public async Task What_the_connection_manager_refuses_is_never_checked()
    {
        await using var bed = await EdgeTestBed.StartAsync();

        (await bed.SendRawAsync("GET /a#b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")).ShouldStartWith("HTTP/1.1 400");
        (await bed.SendRawAsync("OPTIONS * HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")).ShouldStartWith("HTTP/1.1 404");
        bed.Service.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_access_log_has_one_line_with_metadata_and_without_query_or_headers()
    {
        await using var bed = await EdgeTestBed.StartAsync();
        bed.Service.Answer = Message(CheckResponse.Parser.ParseJson(
            """{"status":{"code":7},"deniedResponse":{"status":{"code":"Unauthorized"}},"dynamicMetadata":{"reason":"no session"}}"""));

        await bed.SendRawAsync("GET /a?code=secret HTTP/1.1\r\nHost: h\r\nCookie: s=secret\r\nConnection: close\r\n\r\n");

        bed.Log.Where(line => line.Contains("ext_authz", StringComparison.Ordinal))
            .ShouldHaveSingleItem().ShouldBe("""Information GET /a 401 ext_authz_denied { "reason": "no session" }""");
        bed.Log.ShouldNotContain(line => line.Contains("secret"));
    }

    [Fact]
    public async Task An_unreachable_upstream_is_a_503_with_the_response_headers_of_the_answer()
    {
        await using var bed = await EdgeTestBed.StartAsync();
        await bed.StopUpstreamAsync();
        bed.Service.Answer = Message(Allow(new OkHttpResponse { ResponseHeadersToAdd = { Option("set-cookie", "a=1", append: true) } }));

        var response = await bed.Client.GetAsync(bed.Http1, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.GetValues("set-cookie").ShouldBe(["a=1"]);
    }

    private static string Cookies(EdgeTestBed bed)
    {
        var http = bed.Service.Received.ShouldHaveSingleItem().Check.Attributes.Request.Http;
        return http.HeaderMap is null
            ? http.Headers["cookie"]
            : string.Join('|', http.HeaderMap.Headers
                .Where(header => header.Key.Equals("cookie", StringComparison.Ordinal))
                .Select(header => header.RawValue.ToStringUtf8()));
    }

    private static HttpRequestMessage GrpcRequest(EdgeTestBed bed)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(bed.Http2, "/orders.Orders/List"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(new byte[5]),
        };
        request.Content.Headers.ContentType = new("application/grpc");
        request.Headers.Add("te", "trailers");
        return request;
    }
}
