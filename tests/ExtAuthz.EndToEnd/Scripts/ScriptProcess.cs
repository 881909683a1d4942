using System.ComponentModel;
using System.Diagnostics;

namespace ExtAuthz.EndToEnd.Scripts;

/// <summary>Runs a script in another language.</summary>
internal static class ScriptProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Runs a script to its end, for two minutes at most.</summary>
    /// <param name="interpreter">The program, and how to install it.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">The script and its arguments.</param>
    public static async Task<ScriptResult> RunAsync((string Program, string HowToInstall) interpreter, string folder, params string[] arguments)
    {
        using var process = Start(interpreter, folder, arguments);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new ScriptResult(process.ExitCode, await output + await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Skips the test for what is missing, or fails it where CI and EXTAUTHZ_REQUIRE_ALL are both <c>true</c>.</summary>
    public static void Require(string whatIsMissing)
    {
        if (IsTrue("CI") && IsTrue("EXTAUTHZ_REQUIRE_ALL"))
        {
            Assert.Fail(whatIsMissing);
        }

        Assert.Skip(whatIsMissing);
    }

    /// <summary>Starts a program, or skips the test for want of it.</summary>
    public static Process Start(ProcessStartInfo start, string howToInstall)
    {
        try
        {
            return Process.Start(start)!; // null only for shell execution
        }
        catch (Win32Exception)
        {
            Require(howToInstall);
            throw;
        }
    }

    private static Process Start((string Program, string HowToInstall) interpreter, string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(interpreter.Program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PROTOC"] = BuildPaths.Protoc, ["PROTOC_INCLUDE"] = BuildPaths.ProtocInclude },
        };
        return Start(start, interpreter.HowToInstall);
    }

    private static bool IsTrue(string variable) =>
        string.Equals(Environment.GetEnvironmentVariable(variable), "true", StringComparison.OrdinalIgnoreCase);
}
