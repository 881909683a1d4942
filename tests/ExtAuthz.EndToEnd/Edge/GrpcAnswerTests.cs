using Envoy.Service.Auth.V3;
using ExtAuthz.Edge.Authorization;
using Google.Protobuf.WellKnownTypes;

namespace ExtAuthz.EndToEnd.Edge;

public sealed class GrpcAnswerTests
{
    [Fact]
    public void An_empty_message_and_an_absent_status_allow()
    {
        new GrpcAnswer(200, "0", new byte[5]).ToOutcome().ShouldBeOfType<CheckOutcome.Allowed>();
        Outcome(new CheckResponse { DeniedResponse = Answers.Denied(401) }).ShouldBeOfType<CheckOutcome.Allowed>()
            .Response.ShouldBe(new OkHttpResponse());
    }

    [Fact]
    public void The_part_that_does_not_fit_the_code_is_ignored()
    {
        var ok = new OkHttpResponse { HeadersToRemove = { "x" } };
        var denied = Answers.Allow(ok);
        denied.Status.Code = 7;

        Outcome(Answers.Allow(ok)).ShouldBeOfType<CheckOutcome.Allowed>().Response.ShouldBe(ok);
        Outcome(denied).ShouldBeOfType<CheckOutcome.Denied>().Response.ShouldBe(new DeniedHttpResponse());
    }

    [Fact]
    public void An_error_response_is_no_denial()
    {
        var answer = new CheckResponse { Status = new() { Code = 14 }, ErrorResponse = Answers.Denied(503) };

        Outcome(answer).ShouldBeOfType<CheckOutcome.Failed>().Response.ShouldBe(Answers.Denied(503));
    }

    [Fact]
    public void Dynamic_metadata_comes_with_any_outcome_and_the_deprecated_field_wins()
    {
        var metadata = new Struct { Fields = { ["reason"] = Value.ForString("new") } };
        var denied = Answers.Deny(Answers.Denied(401));
        denied.DynamicMetadata = metadata;
        var allowed = CheckResponse.Parser.ParseJson(
            """{"okResponse":{"dynamicMetadata":{"reason":"old"}},"dynamicMetadata":{"reason":"new"}}""");

        Outcome(denied).DynamicMetadata.ShouldBe(metadata);
        Outcome(allowed).DynamicMetadata?.Fields["reason"].StringValue.ShouldBe("old");
    }

    [Fact]
    public void A_call_without_a_decision_is_an_error()
    {
        var frame = GrpcFrame.Write(Answers.Allow());
        byte[] compressed = [1, .. frame[1..]];
        byte[] unreadable = [0, 0, 0, 0, 1, 0xFF];

        IsError(new GrpcAnswer(503, "0", frame));
        IsError(new GrpcAnswer(200, "14", frame));
        IsError(new GrpcAnswer(200, null, frame));
        IsError(new GrpcAnswer(200, "0", compressed));
        IsError(new GrpcAnswer(200, "0", unreadable));
        IsError(new GrpcAnswer(200, "0", frame.AsMemory(0, 4)));
        IsError(new GrpcAnswer(200, "0", frame.AsMemory(0, frame.Length - 1)));
        IsError(new GrpcAnswer(200, "7", default));
        IsError(new GrpcAnswer(200, "0", default));
    }

    private static void IsError(GrpcAnswer answer) =>
        answer.ToOutcome().ShouldBeOfType<CheckOutcome.Failed>().Response.ShouldBeNull();

    private static CheckOutcome Outcome(CheckResponse response) =>
        new GrpcAnswer(200, "0", GrpcFrame.Write(response)).ToOutcome();
}
