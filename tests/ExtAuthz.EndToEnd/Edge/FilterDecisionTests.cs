using Envoy.Service.Auth.V3;
using ExtAuthz.Edge;
using ExtAuthz.Edge.Authorization;
using ExtAuthz.Edge.Downstream;
using static ExtAuthz.EndToEnd.Edge.Answers;

namespace ExtAuthz.EndToEnd.Edge;

public sealed class FilterDecisionTests
{
    [Fact]
    public void A_denial_without_a_status_is_a_403_without_body()
    {
        var response = Render(new CheckOutcome.Denied(new DeniedHttpResponse()));

        response.Status.ShouldBe(403);
        response.Headers.Lines.ShouldBeEmpty();
        response.Body.ShouldBeEmpty();
    }

    [Fact]
    public void A_denial_keeps_several_cookies_and_drops_what_it_appends()
    {
        var response = Render(new CheckOutcome.Denied(Denied(
            302,
            "",
            Option("Location", "https://id.example/"),
            Option("set-cookie", "a=1"),
            Option("set-cookie", "b=2", append: false),
            Option("set-cookie", "c=3", append: true))));

        response.Status.ShouldBe(302);
        Lines(response.Headers).ShouldBe(["location: https://id.example/", "set-cookie: a=1", "set-cookie: b=2"]);
    }

    [Fact]
    public void The_body_of_a_denial_decides_its_length_and_default_type()
    {
        var typed = Denied(401, "{}", Option("content-type", "application/json"), Option("content-length", "99"));

        Lines(Render(new CheckOutcome.Denied(Denied(401, "é"))).Headers).ShouldBe(["content-type: text/plain", "content-length: 2"]);
        Lines(Render(new CheckOutcome.Denied(typed)).Headers).ShouldBe(["content-type: application/json", "content-length: 2"]);
        Lines(Render(new CheckOutcome.Denied(Denied(401, "", Option("content-type", "text/html")))).Headers).ShouldBeEmpty();
    }

    [Fact]
    public void A_HEAD_request_gets_the_headers_of_the_denial_only()
    {
        var response = Render(new CheckOutcome.Denied(Denied(401, "body")), Requests.Raw(method: "HEAD"));

        response.Headers["content-length"].ShouldBe("4");
        response.Body.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(400, "13")]
    [InlineData(401, "16")]
    [InlineData(403, "7")]
    [InlineData(404, "12")]
    [InlineData(429, "14")]
    [InlineData(503, "14")]
    [InlineData(302, "2")]
    public void A_gRPC_client_gets_a_gRPC_status(int status, string grpcStatus)
    {
        var denied = Denied(status, "100% é", Option("content-type", "application/json"), Option("x-kept", "1"));
        var response = Render(new CheckOutcome.Denied(denied), Requests.Raw(lines: ("content-type", "application/grpc+proto")));

        response.Status.ShouldBe(200);
        response.Body.ShouldBeEmpty();
        Lines(response.Headers).ShouldBe(
        [
            "x-kept: 1", "content-type: application/grpc", $"grpc-status: {grpcStatus}", "grpc-message: 100%25 %C3%A9",
        ]);
    }

    [Fact]
    public void A_grpc_status_of_the_service_is_kept_and_gRPC_web_is_plain_HTTP()
    {
        var denied = new CheckOutcome.Denied(Denied(401, "", Option("grpc-status", "5")));

        Render(denied, Requests.Raw(lines: ("content-type", "application/grpc"))).Headers["grpc-status"].ShouldBe("5");
        Render(denied, Requests.Raw(lines: ("content-type", "application/grpc-web"))).Status.ShouldBe(401);
    }

    [Fact]
    public void An_invalid_mutation_is_a_500_for_an_allow_and_for_a_denial()
    {
        var allowed = new CheckOutcome.Allowed(new OkHttpResponse { Headers = { Option("bad name", "v") } });
        var denied = new CheckOutcome.Denied(Denied(401, "body", Option("bad name", "v")));

        Reply(allowed).ShouldBe(new LocalReply(500, "ext_authz_invalid"));
        Reply(denied).ShouldBe(new LocalReply(500, "ext_authz_invalid"));
        Reply(denied, new EdgeOptions { ValidateMutations = false }).Status.ShouldBe(401);
    }

    [Fact]
    public void A_failed_check_fails_closed_with_the_configured_status()
    {
        Reply(new CheckOutcome.Failed("timeout")).ShouldBe(new LocalReply(403, "ext_authz_error"));
        Reply(new CheckOutcome.Failed("timeout"), new EdgeOptions { StatusOnError = 503 }).Status.ShouldBe(503);
    }

    [Fact]
    public void A_failed_check_fails_open_only_when_told_so()
    {
        var headers = Headers(("x-a", "1"));
        var outcome = new CheckOutcome.Failed("timeout", Denied(503));

        FilterDecision.From(outcome, headers, new EdgeOptions { FailureModeAllow = true })
            .ShouldBeOfType<FilterDecision.Continue>().Headers.ShouldBe(headers);
    }

    [Fact]
    public void An_error_response_brings_its_own_status_body_and_headers_unless_one_is_invalid()
    {
        var error = Denied(503, "later", Option("retry-after", "1"), Option("x-added", "2", append: true));
        var reply = Reply(new CheckOutcome.Failed("told so", error));

        reply.Status.ShouldBe(503);
        reply.Body.ShouldBe("later");
        reply.Headers.Select(header => header.Name).ShouldBe(["retry-after", "x-added"]);

        error.Headers.Add(Option("bad name", "v"));
        Reply(new CheckOutcome.Failed("told so", error)).ShouldBe(new LocalReply(403, "ext_authz_error"));
    }

    private static LocalReply Reply(CheckOutcome outcome, EdgeOptions? options = null) =>
        FilterDecision.From(outcome, Headers((":path", "/")), options ?? new EdgeOptions())
            .ShouldBeOfType<FilterDecision.Answer>().Reply;

    private static EdgeResponse Render(CheckOutcome outcome, RawRequest? raw = null) =>
        Reply(outcome).For(Requests.Downstream(raw ?? Requests.Raw()));
}
