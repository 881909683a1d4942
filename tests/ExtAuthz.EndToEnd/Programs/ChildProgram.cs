using System.Diagnostics;
using System.Threading.Channels;

namespace ExtAuthz.EndToEnd.Programs;

/// <summary>One of our programs as a process of its own, for two minutes at most. Closing ends it.</summary>
internal sealed class ChildProgram : IAsyncDisposable
{
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Process _process;
    private readonly Task _reading;
    private readonly Task<string> _error;

    private ChildProgram(Process process)
    {
        _process = process;
        _patience.CancelAfter(TimeSpan.FromMinutes(2));
        _reading = ReadAsync();
        _error = process.StandardError.ReadToEndAsync(_patience.Token);
    }

    /// <summary>Starts a program that the build put next to the tests.</summary>
    public static ChildProgram Start(string assembly, IEnumerable<KeyValuePair<string, string?>> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ChildProgram(Process.Start(start)!); // null only for shell execution
    }

    /// <summary>Waits for the next line of its output that has this text.</summary>
    public async Task<string> LineAsync(string text)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync(_patience.Token))
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The program ended without writing '{text}': {await _error}");
    }

    /// <summary>Sends a signal, <c>TERM</c> or <c>INT</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {_process.Id}"]);
        await kill.WaitForExitAsync(_patience.Token);
        kill.ExitCode.ShouldBe(0);
    }

    /// <summary>Waits for its end; the output is what was not read before.</summary>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        await _process.WaitForExitAsync(_patience.Token);
        await _reading;
        return (_process.ExitCode, string.Join('\n', await _lines.Reader.ReadAllAsync(_patience.Token).ToListAsync(_patience.Token)), await _error);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _patience.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync(_patience.Token) is { } line)
        {
            await _lines.Writer.WriteAsync(line, _patience.Token);
        }

        _lines.Writer.Complete();
    }
}
