using System.Diagnostics;
using System.Threading.Channels;

namespace ExtAuthz.EndToEnd.Programs;

/// <summary>One of our programs as a process of its own, for two minutes at most. Closing ends it.</summary>
internal sealed class ChildProgram : IAsyncDisposable
{
    private readonly CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private readonly Process process;
    private readonly Task reading;
    private readonly Task<string> error;

    private ChildProgram(Process process)
    {
        this.process = process;
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        reading = ReadAsync();
        error = process.StandardError.ReadToEndAsync(patience.Token);
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
        await foreach (var line in lines.Reader.ReadAllAsync(patience.Token))
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The program ended without writing '{text}': {await error}");
    }

    /// <summary>Sends a signal, <c>TERM</c> or <c>INT</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {process.Id}"]);
        await kill.WaitForExitAsync(patience.Token);
        kill.ExitCode.ShouldBe(0);
    }

    /// <summary>Waits for its end; the output is what was not read before.</summary>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        await process.WaitForExitAsync(patience.Token);
        await reading;
        return (process.ExitCode, string.Join('\n', await lines.Reader.ReadAllAsync(patience.Token).ToListAsync(patience.Token)), await error);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        patience.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            await lines.Writer.WriteAsync(line, patience.Token);
        }

        lines.Writer.Complete();
    }
}
