using System.Net;
using System.Net.Http.Headers;

namespace ExtAuthz.Server.Tests.Tokens;

/// <summary>A JSON body that begins and does not go on.</summary>
internal sealed class SlowBody : HttpContent
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SlowBody() => Headers.ContentType = new MediaTypeHeaderValue("application/json");

    /// <summary>Completes when somebody waits for the rest.</summary>
    public Task Asked => _asked.Task;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("{\"keys\":["u8.ToArray(), cancellationToken);
        _asked.SetResult();
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
