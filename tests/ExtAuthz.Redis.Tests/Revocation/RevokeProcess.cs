using System.Diagnostics;
using ExtAuthz.EndToEnd.Scripts;

namespace ExtAuthz.Redis.Tests.Revocation;

/// <summary>The program itself, called with <c>revoke</c>.</summary>
internal static class RevokeProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>The settings of <c>SignedInWorld</c>, as environment variables.</summary>
    private static readonly KeyValuePair<string, string?>[] Site =
    [
        new("WORKOS_API_KEY", "sk_test_key"),
        new("WORKOS_CLIENT_ID", "client_1"),
        new("WORKOS_COOKIE_PASSWORD", "a-password-of-thirty-two-characters"),
        new("WORKOS_REDIRECT_URI", "https://app.example.com/callback"),
    ];

    /// <summary>Runs it to its end.</summary>
    /// <param name="settings">Further settings; of two for one name the later counts.</param>
    /// <param name="arguments">What follows <c>revoke</c>.</param>
    public static async Task<ScriptResult> RunAsync(IEnumerable<KeyValuePair<string, string?>> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ExtAuthz.Server.dll"), "revoke", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Site.Concat(settings))
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var process = ScriptProcess.Start(start, "There is no dotnet on the PATH.");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Limit);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return new ScriptResult(process.ExitCode, await output + await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
