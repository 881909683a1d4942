using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using ExtAuthz.Demo.Tour;

namespace ExtAuthz.Demo.Providers;

/// <summary>npm's oidc-provider: <c>demo/oidc-provider/provider.mjs</c> as a child process, which ends when its standard input does.</summary>
internal sealed class OidcProvider(DemoSite site, string address) : IDemoProvider
{
    private const string ClientId = "app";
    private const string ClientSecret = "a-public-secret-for-the-demo-only-0123456789";
    private const string Audience = "https://api.example.com";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Process? _process;

    public string Address => address;

    public IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["ExtAuthz:Provider"] = "OpenIdConnect",
        ["ExtAuthz:OpenIdConnect:Issuer"] = address,
        ["ExtAuthz:OpenIdConnect:ClientId"] = ClientId,
        ["ExtAuthz:OpenIdConnect:ClientSecret"] = ClientSecret,
        ["ExtAuthz:OpenIdConnect:Audience"] = Audience,
    };

    public string SignInPage => $"{address}/auth";

    public DemoUser Ada { get; } = Describe("ada");

    public DemoUser Grace { get; } = Describe("grace");

    public TimeSpan AccessTokenLifetime => TimeSpan.FromMinutes(5);

    public ImmutableArray<TourStep> Story => Stories.OpenIdConnect;

    private Process Running => _process ?? throw new InvalidOperationException("The provider was not started.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _process = Launch(FindFolder());
        var error = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        if (await ReadAsync(cancellationToken) is null)
        {
            throw new CannotStartException($"The OpenID Connect provider ended: {await error}");
        }
    }

    public async Task<int> CountTokenCallsAsync() => int.Parse(await CommandAsync("calls"));

    public Task DelayTokensAsync(TimeSpan delay) => CommandAsync($"delay {delay.TotalMilliseconds}");

    public Task RotateKeysAsync() => CommandAsync("rotate");

    public Task PassAsync(TimeSpan time) => CommandAsync($"pass {time.TotalMilliseconds}");

    public Uri SignOutPage(string sessionId) =>
        new($"{address}/session/end?client_id={ClientId}&post_logout_redirect_uri={Uri.EscapeDataString(site.StartPage)}");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
            _process.Dispose();
        }
    }

    private Process Launch(string folder)
    {
        var start = new ProcessStartInfo("node", ["provider.mjs", $"{new Uri(address).Port}", site.RedirectUri, Audience])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!; // null only for shell execution
        }
        catch (Win32Exception fault)
        {
            throw new CannotStartException($"Node.js 20 or later is not on the PATH: install it, then run npm ci --prefix {folder}.", fault);
        }
    }

    private async Task<string> CommandAsync(string command)
    {
        await Running.StandardInput.WriteLineAsync(command);
        return await ReadAsync(CancellationToken.None) ?? throw new InvalidOperationException($"The provider ended at '{command}'.");
    }

    private Task<string?> ReadAsync(CancellationToken cancellationToken) => Running.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);

    // Any name signs in, with any password; a sign-out is confirmed.
    private static DemoUser Describe(string name) => new(
        name,
        $"{name}@example.com",
        new Dictionary<string, string>(StringComparer.Ordinal) { ["login"] = name, ["password"] = "any", ["logout"] = "yes" },
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["x-auth-user-id"] = name,
            ["x-auth-email"] = $"{name}@example.com",
            ["x-auth-role"] = "admin",
            ["x-auth-permissions"] = "pages:read",
        });

    private static string FindFolder()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !Directory.Exists(FolderIn(root)))
        {
            root = root.Parent;
        }

        var folder = root is null ? throw new CannotStartException("The OpenID Connect provider runs from a checkout alone: demo/oidc-provider is not there.") : FolderIn(root);
        return Directory.Exists(Path.Combine(folder, "node_modules"))
            ? folder
            : throw new CannotStartException($"The OpenID Connect provider is not installed: run npm ci --prefix {folder}.");
    }

    private static string FolderIn(DirectoryInfo root) => Path.Combine(root.FullName, "demo", "oidc-provider");
}
