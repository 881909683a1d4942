using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace ExtAuthz.Server.Tests.Tokens;

/// <summary>The whole internet of these tests: answers by <see cref="Answer"/> and remembers who was called.</summary>
internal sealed class ScriptedHandler(Func<CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public ScriptedHandler(byte[] json)
        : this(_ => Task.FromResult(Json(json))) { }

    public Func<CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = answer;

    public ConcurrentQueue<Uri?> Calls { get; } = new();

    public static HttpResponseMessage Json(byte[] body, string type = "application/json") =>
        new() { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } } };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Calls.Enqueue(request.RequestUri);
        return Answer(cancellationToken);
    }
}
