using System.Net;
using ExtAuthz.Server.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.Server.Tests.Tokens;

/// <summary>Answers of the key set endpoint that are not taken.</summary>
public sealed class JwksClientTests
{
    private static readonly byte[] Good = TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1, "k1"));

    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/jwk-set+json")]
    public async Task Json_with_status_200_is_taken(string type) =>
        (await FetchAsync(_ => Task.FromResult(ScriptedHandler.Json(Good, type)))).ShouldBeOfType<JwksResult.Accepted>();

    [Theory]
    [InlineData(HttpStatusCode.NoContent)]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task Another_status_is_not_taken(HttpStatusCode status)
    {
        var answer = ScriptedHandler.Json(Good);
        answer.StatusCode = status;
        (await FetchAsync(_ => Task.FromResult(answer))).ShouldBe(new JwksResult.Refused(JwksFault.Status));
    }

    [Fact]
    public async Task Another_type_is_not_taken() =>
        (await FetchAsync(_ => Task.FromResult(ScriptedHandler.Json(Good, "text/html")))).ShouldBe(new JwksResult.Refused(JwksFault.ContentType));

    [Fact]
    public async Task A_compressed_answer_is_not_taken()
    {
        var answer = ScriptedHandler.Json(Good);
        answer.Content.Headers.ContentEncoding.Add("gzip");
        (await FetchAsync(_ => Task.FromResult(answer))).ShouldBe(new JwksResult.Refused(JwksFault.ContentType));
    }

    [Fact]
    public async Task An_endless_answer_is_cut_off() =>
        (await FetchAsync(_ => Task.FromResult(ScriptedHandler.Json(new byte[JwksDocument.MaximumBytes + 1])))).ShouldBe(new JwksResult.Refused(JwksFault.TooLarge));

    [Fact]
    public async Task No_connection_is_no_answer() =>
        (await FetchAsync(_ => throw new HttpRequestException("down"))).ShouldBe(new JwksResult.Refused(JwksFault.Unreachable));

    [Fact]
    public async Task An_answer_has_five_seconds()
    {
        var body = new SlowBody();
        var fetch = FetchAsync(_ => Task.FromResult(new HttpResponseMessage { Content = body }));
        await body.Asked.WaitAsync(TestContext.Current.CancellationToken);

        _clock.Advance(TimeSpan.FromSeconds(5));

        (await fetch).ShouldBe(new JwksResult.Refused(JwksFault.TimedOut));
    }

    private async Task<JwksResult> FetchAsync(Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        using var http = new HttpClient(new ScriptedHandler(answer));
        return await new JwksClient(http, KeyWorld.Address, _clock).FetchAsync(TestContext.Current.CancellationToken);
    }
}
