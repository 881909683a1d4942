using System.Diagnostics;
using ExtAuthz.EndToEnd.Scripts;

namespace ExtAuthz.Server.Tests.OpenIdConnect;

/// <summary>The certified npm provider as a process on loopback; closing ends it.</summary>
internal sealed class OidcProvider : IAsyncDisposable
{
    public const string ClientId = "app";
    public const string ClientSecret = "a-public-secret-for-the-demo-only-0123456789";
    public const string Audience = "https://api.example.com";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private OidcProvider(Process process, string issuer) => (_process, Issuer) = (process, issuer);

    public string Issuer { get; }

    /// <summary>Starts it; given an address for logout tokens, it posts one there when a session ends, with the session's id in it or the user's alone.</summary>
    public static async Task<OidcProvider> StartAsync(string redirectUri, string? logoutUri = null, bool namesSession = true)
    {
        NodeScript.RequirePackages(NodeScript.OidcProviderFolder);
        var process = Process.Start(new ProcessStartInfo("node", ["provider.mjs", "0", redirectUri, Audience, .. logoutUri is null ? Array.Empty<string>() : [logoutUri, namesSession ? "true" : "false"]])
        {
            UseShellExecute = false,
            WorkingDirectory = NodeScript.OidcProviderFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!; // null only for shell execution
        return new OidcProvider(process, await LineAsync(process));
    }

    /// <summary>Signs with a new key from now on; the old ones stay published.</summary>
    public async Task RotateKeysAsync()
    {
        await _process.StandardInput.WriteLineAsync("rotate");
        (await LineAsync(_process)).ShouldStartWith("signing with");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static async Task<string> LineAsync(Process process) =>
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience) ?? throw new InvalidOperationException("The provider ended.");
}
