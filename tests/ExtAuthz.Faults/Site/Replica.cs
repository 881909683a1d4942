using System.Net;
using System.Net.Http.Headers;
using Envoy.Service.Auth.V3;
using ExtAuthz.EndToEnd.Programs;
using Google.Protobuf;

namespace ExtAuthz.Faults.Site;

/// <summary>The service as it is shipped, in a process of its own that can be killed and stopped.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly ChildProgram _program;
    private readonly HttpClient _client;

    private Replica(ChildProgram program, Uri address)
    {
        _program = program;
        _client = new HttpClient(new SocketsHttpHandler { EnableMultipleHttp2Connections = true }) { BaseAddress = address };
    }

    /// <summary>When it was killed; null before.</summary>
    public long? KilledAt { get; private set; }

    /// <summary>Starts one and waits until it listens.</summary>
    public static async Task<Replica> StartAsync(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var program = ChildProgram.Start("ExtAuthz.Server", settings.Select(setting => KeyValuePair.Create(setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value)));
        try
        {
            var line = await program.LineAsync(Listening);
            return new Replica(program, new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim()));
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>One <c>Check</c> call, framed by hand; null when the replica went away or did not answer within the deadline.</summary>
    public async Task<CheckResponse?> CheckAsync(CheckRequest request, TimeSpan deadline)
    {
        var message = request.ToByteArray();
        byte[] frame = [0, (byte)(message.Length >> 24), (byte)(message.Length >> 16), (byte)(message.Length >> 8), (byte)message.Length, .. message];
        using var content = new ByteArrayContent(frame) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } };
        using var call = new HttpRequestMessage(HttpMethod.Post, "/envoy.service.auth.v3.Authorization/Check")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
            Headers = { TE = { new TransferCodingWithQualityHeaderValue("trailers") } },
        };
        call.Headers.Add("grpc-timeout", $"{(long)deadline.TotalMilliseconds}m");
        using var limit = new CancellationTokenSource(deadline);
        try
        {
            using var response = await _client.SendAsync(call, limit.Token);
            var answer = await response.Content.ReadAsByteArrayAsync(limit.Token);
            return response.TrailingHeaders.TryGetValues("grpc-status", out var status) && status.Single() is "0" ? CheckResponse.Parser.ParseFrom(answer.AsSpan(5)) : null;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Stops it where it stands (SIGSTOP).</summary>
    public Task PauseAsync() => _program.SignalAsync("STOP");

    /// <summary>Lets it go on (SIGCONT).</summary>
    public Task ResumeAsync() => _program.SignalAsync("CONT");

    /// <summary>Ends it as an orchestrator does (SIGTERM) and waits until it is gone.</summary>
    public async Task<int> ShutDownAsync()
    {
        await _program.SignalAsync("TERM");
        return (await _program.EndAsync()).ExitCode;
    }

    /// <summary>Ends it as a crash would (SIGKILL).</summary>
    public async ValueTask DisposeAsync()
    {
        KilledAt ??= TimeProvider.System.GetTimestamp();
        _client.Dispose();
        await _program.DisposeAsync();
    }
}
