using System.Buffers;
using Envoy.Service.Auth.V3;
using ExtAuthz.Domain;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Server.Transport;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExtAuthz.Server.Tests.Transport;

/// <summary>Whatever goes wrong in a call is a denial, because an RPC error may pass.</summary>
public sealed class CheckCallTests
{
    private static readonly byte[] Request = new CheckRequest { Attributes = new() { Request = new() { Http = new() { Method = "GET", Path = "/" } } } }.ToByteArray();

    [Fact]
    public async Task A_decision_is_answered()
    {
        var answer = await AnswerAsync(Request, (_, _) => new(new CheckDecision.Denied(DecisionReason.NotSignedIn, 401, [], "no")));

        answer.Status.Code.ShouldBe(16);
        answer.DeniedResponse.Body.ShouldBe("no");
    }

    [Fact]
    public async Task A_handler_that_throws_is_a_denial_for_now()
    {
        var answer = await AnswerAsync(Request, (_, _) => throw new InvalidOperationException("a bug"));

        ((int)answer.DeniedResponse.Status.Code).ShouldBe(503);
        answer.DeniedResponse.Headers.Single().Header.Key.ShouldBe("retry-after");
        answer.ToString().ShouldNotContain("a bug");
    }

    [Fact]
    public async Task A_decision_that_can_not_be_encoded_is_a_denial_for_now()
    {
        var answer = await AnswerAsync(Request, (_, _) => new(
            new CheckDecision.Allowed(DecisionReason.SignedIn, UpstreamHeaders.Unchanged.With(new HeaderValue("x-auth-email", "a\nb")), [])));

        ((int)answer.DeniedResponse.Status.Code).ShouldBe(503);
    }

    [Theory]
    [InlineData("FF", 400)]
    [InlineData("", 403)]
    public async Task A_message_that_asks_nothing_we_can_decide_is_a_denial(string hex, int status)
    {
        var answer = await AnswerAsync(Convert.FromHexString(hex), (_, _) => throw new InvalidOperationException("not to be asked"));

        ((int)answer.DeniedResponse.Status.Code).ShouldBe(status);
        answer.Status.Code.ShouldNotBe(0);
    }

    [Fact]
    public async Task An_answer_after_the_deadline_is_none()
    {
        using var deadline = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => AnswerAsync(Request, async (_, _) =>
        {
            await deadline.CancelAsync();
            return new CheckDecision.Allowed(DecisionReason.Public, UpstreamHeaders.Unchanged, []);
        }, deadline));
    }

    private static async Task<CheckResponse> AnswerAsync(
        byte[] message, Func<IncomingRequest, CancellationToken, ValueTask<CheckDecision>> handler, CancellationTokenSource? deadline = null)
    {
        var call = new CheckCall(new CheckRequestReader(new ReservedHeaders([])), new Handler(handler), NullLogger<CheckCall>.Instance);
        return CheckResponse.Parser.ParseFrom(await call.AnswerAsync(call.Read(new ReadOnlySequence<byte>(message), timeLeft: null), deadline?.Token ?? TestContext.Current.CancellationToken));
    }

    private sealed class Handler(Func<IncomingRequest, CancellationToken, ValueTask<CheckDecision>> handler) : ICheckHandler
    {
        public ValueTask<CheckDecision> CheckAsync(IncomingRequest request, CancellationToken cancellationToken) => handler(request, cancellationToken);
    }
}
