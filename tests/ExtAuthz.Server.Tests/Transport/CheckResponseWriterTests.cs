using Envoy.Config.Core.V3;
using Envoy.Service.Auth.V3;
using Envoy.Type.V3;
using ExtAuthz.Domain;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Server.Transport;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using AppendAction = Envoy.Config.Core.V3.HeaderValueOption.Types.HeaderAppendAction;

namespace ExtAuthz.Server.Tests.Transport;

/// <summary>The bytes are those that the generated messages would give.</summary>
public sealed class CheckResponseWriterTests
{
    [Fact]
    public void Every_decision_is_encoded_as_the_generated_message_is() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Samples.Decisions.ToArbitrary(), decision =>
            CheckResponseWriter.Encode(decision).ShouldBe(Expected(decision).ToByteArray())));

    [Fact]
    public void An_answer_larger_than_the_scratch_buffer_is_whole()
    {
        var cookies = Enumerable.Range(0, 20).Select(i => new ResponseHeader("set-cookie", $"c{i}={new string('x', 4000)}", Added: true));
        var decision = new CheckDecision.Denied(DecisionReason.NotSignedIn, 307, [.. cookies], new string('é', 5000));

        CheckResponseWriter.Encode(decision).ShouldBe(Expected(decision).ToByteArray());
    }

    [Fact]
    public void An_allowance_states_its_status_and_is_never_empty()
    {
        var bytes = CheckResponseWriter.Encode(new CheckDecision.Allowed(DecisionReason.Public, UpstreamHeaders.Unchanged, []));

        bytes.ShouldBe(Convert.FromHexString("0A001A00"));
        CheckResponse.Parser.ParseFrom(bytes).Status.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(400, 3)]
    [InlineData(401, 16)]
    [InlineData(302, 16)]
    [InlineData(307, 16)]
    [InlineData(403, 7)]
    [InlineData(200, 7)]
    [InlineData(503, 14)]
    [InlineData(500, 13)]
    public void A_denial_has_a_status_code_that_is_not_zero(int httpStatus, int code) =>
        CheckResponse.Parser.ParseFrom(CheckResponseWriter.Encode(new CheckDecision.Denied(DecisionReason.NotSignedIn, httpStatus, [], "")))
            .Status.Code.ShouldBe(code);

    [Theory]
    [InlineData("x-a", "a\rb")]
    [InlineData("x-a", "a\nb")]
    [InlineData("x-a", "a\0b")]
    [InlineData("x-a", "a\u007Fb")]
    [InlineData("x\n-a", "a")]
    public void A_control_character_in_a_header_is_refused(string name, string value)
    {
        Should.Throw<ArgumentException>(() => CheckResponseWriter.Encode(new CheckDecision.Denied(DecisionReason.NotSignedIn, 403, [new(name, value)], "")));
        Should.Throw<ArgumentException>(() => CheckResponseWriter.Encode(
            new CheckDecision.Allowed(DecisionReason.Public, UpstreamHeaders.Unchanged.With(new ExtAuthz.Domain.Headers.HeaderValue(name, value)), [])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(600)]
    public void A_status_that_is_not_final_is_refused(int status) =>
        Should.Throw<ArgumentException>(() => CheckResponseWriter.Encode(new CheckDecision.Denied(DecisionReason.NotSignedIn, status, [], "")));

    private static CheckResponse Expected(CheckDecision decision) => decision switch
    {
        CheckDecision.Allowed allowed => new CheckResponse
        {
            Status = new(),
            OkResponse = new()
            {
                Headers = { allowed.UpstreamHeaders.Set.Select(header => Option(header.Name, header.Value, append: false, AppendAction.OverwriteIfExistsOrAdd)) },
                HeadersToRemove = { allowed.UpstreamHeaders.Remove },
                ResponseHeadersToAdd = { allowed.ResponseHeaders.Select(header => Option(header.Name, header.Value, header.Added, header.Added ? AppendAction.AppendIfExistsOrAdd : AppendAction.OverwriteIfExistsOrAdd)) },
            },
        },
        CheckDecision.Denied denied => new CheckResponse
        {
            Status = new() { Code = CheckResponse.Parser.ParseFrom(CheckResponseWriter.Encode(denied)).Status.Code },
            DeniedResponse = new()
            {
                Status = new() { Code = (StatusCode)denied.Status },
                Headers = { denied.ResponseHeaders.Select(header => Option(header.Name, header.Value, append: false, AppendAction.AppendIfExistsOrAdd)) },
                Body = denied.Body,
            },
        },
        _ => throw new InvalidOperationException(),
    };

    private static HeaderValueOption Option(string name, string value, bool append, AppendAction action) =>
        new() { Header = new() { Key = name, Value = value }, Append = append, AppendAction = action };
}
