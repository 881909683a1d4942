using System.Collections.Immutable;
using ExtAuthz.EndToEnd.Edge;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ExtAuthz.EndToEnd.Journeys;

/// <summary>An upstream that keeps the header lines of the last request, byte for byte.</summary>
internal sealed class RecordingUpstream : IAsyncDisposable
{
    private WebApplication? _application;

    /// <summary>Names and values as received; null if there was no request since <see cref="Forget"/>.</summary>
    public ImmutableArray<(string Name, string Value)>? Received { get; private set; }

    public Uri Address => _application!.Address(); // set by StartAsync, the only way to get one

    public static async Task<RecordingUpstream> StartAsync()
    {
        var upstream = new RecordingUpstream();
        upstream._application = await Loopback.StartAsync(HttpProtocols.Http1, upstream.RecordAsync);
        return upstream;
    }

    public void Forget() => Received = null;

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }
    }

    private Task RecordAsync(HttpContext context)
    {
        Received = [.. context.Request.Headers.SelectMany(lines => lines.Value.Select(value => (lines.Key, value ?? "")))];
        return Task.CompletedTask;
    }
}
