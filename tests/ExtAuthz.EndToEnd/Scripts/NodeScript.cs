using System.ComponentModel;
using System.Diagnostics;

namespace ExtAuthz.EndToEnd.Scripts;

/// <summary>Runs the scripts of tests/ExtAuthz.EndToEnd/node, whose packages <c>npm ci</c> installs there.</summary>
internal static class NodeScript
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly string Folder = Path.Combine(BuildPaths.RepositoryRoot, "tests", "ExtAuthz.EndToEnd", "node");

    /// <summary>
    /// Runs a script to its end, for two minutes at most. Without Node.js or its packages the test is skipped,
    /// or fails where CI and EXTAUTHZ_REQUIRE_ALL are both <c>true</c>.
    /// </summary>
    public static async Task<NodeResult> RunAsync(string script, params string[] arguments)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            Require($"The packages of the Node scripts are not installed: run npm ci in {Folder}.");
        }

        using var process = Start(script, arguments);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new NodeResult(process.ExitCode, await output + await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(string script, string[] arguments)
    {
        var start = new ProcessStartInfo("node", [script, .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PROTOC"] = BuildPaths.Protoc, ["PROTOC_INCLUDE"] = BuildPaths.ProtocInclude },
        };
        try
        {
            return Process.Start(start)!; // null only for shell execution
        }
        catch (Win32Exception)
        {
            Require("Node.js 20 or later is not on the PATH: install it, then run npm ci in " + Folder + ".");
            throw;
        }
    }

    private static void Require(string whatIsMissing)
    {
        if (IsTrue("CI") && IsTrue("EXTAUTHZ_REQUIRE_ALL"))
        {
            Assert.Fail(whatIsMissing);
        }

        Assert.Skip(whatIsMissing);
    }

    private static bool IsTrue(string variable) =>
        string.Equals(Environment.GetEnvironmentVariable(variable), "true", StringComparison.OrdinalIgnoreCase);
}
