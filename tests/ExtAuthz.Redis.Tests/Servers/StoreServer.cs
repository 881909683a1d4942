using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ExtAuthz.EndToEnd.Scripts;

namespace ExtAuthz.Redis.Tests.Servers;

/// <summary>A real server of Redis' protocol, a process on a loopback port that stays the same over restarts. It keeps nothing on disk.</summary>
internal abstract class StoreServer : IAsyncDisposable
{
    private Process? _process;

    protected StoreServer() => Port = FreePort();

    public int Port { get; }

    /// <summary>When it was last killed; null before.</summary>
    public long? KilledAt { get; private set; }

    /// <summary>How the service reaches it, as StackExchange.Redis writes it.</summary>
    public abstract string Configuration { get; }

    protected abstract (string Program, string HowToInstall) Program { get; }

    protected abstract IEnumerable<string> Arguments { get; }

    /// <summary>A port that nobody listens at.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts it, empty, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Program.Program, Arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        _process = ScriptProcess.Start(start, Program.HowToInstall);
        var output = new ConcurrentQueue<string?>();
        _process.OutputDataReceived += (_, line) => output.Enqueue(line.Data);
        _process.BeginOutputReadLine();
        _process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data);
        _process.BeginErrorReadLine();
        await Eventually.TrueAsync(async () =>
        {
            _process.HasExited.ShouldBeFalse(string.Join('\n', output));
            return await AnswersAsync();
        });
    }

    /// <summary>Ends it as a crash would (SIGKILL).</summary>
    public async Task KillAsync()
    {
        KilledAt = TimeProvider.System.GetTimestamp();
        _process!.Kill(); // started
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _process = null;
    }

    /// <summary>Hangs it: the kernel still takes connections and bytes for it (SIGSTOP).</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>Lets it go on (SIGCONT).</summary>
    public Task ResumeAsync() => SignalAsync("CONT");

    /// <summary>A connection that may do everything.</summary>
    public abstract Task<RespClient> ConnectAsync();

    /// <summary>Sends one command with every right.</summary>
    public async Task<RespValue> DoAsync(params string[] command)
    {
        await using var client = await ConnectAsync();
        return await client.CallAsync(command);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return (await DoAsync("PING")).Text is "PONG";
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            return false;
        }
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {_process!.Id}"]); // started
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        kill.ExitCode.ShouldBe(0);
    }
}
