using System.Collections.Immutable;
using ExtAuthz.Demo.Tour;
using ExtAuthz.FakeWorkOS;
using ExtAuthz.FakeWorkOS.Accounts;
using ExtAuthz.FakeWorkOS.Bookkeeping;
using ExtAuthz.FakeWorkOS.FaultInjection;
using ExtAuthz.FakeWorkOS.Keys;

namespace ExtAuthz.Demo.Providers;

/// <summary>The development WorkOS, in this process and on the demo's clock, with all its switches.</summary>
internal sealed class FakeWorkOSProvider : IDemoProvider
{
    private readonly DemoSite _site;
    private readonly WebApplication _application;

    public FakeWorkOSProvider(DemoSite site, string address, TimeProvider clock, Action<ILoggingBuilder> logging)
    {
        var options = new FakeWorkOSOptions { Url = address, RedirectUris = [site.RedirectUri], LogoutUris = [site.StartPage] };
        (_site, Address, Settings) = (site, address, SettingsFor(options));
        _application = FakeWorkOSApplication.Create(options, clock, logging);
    }

    public string Address { get; }

    public IReadOnlyDictionary<string, string?> Settings { get; }

    public string SignInPage => $"{Address}/user_management/authorize";

    public DemoUser Ada { get; } = Describe(SampleAccounts.Ada);

    public DemoUser Grace { get; } = Describe(SampleAccounts.Grace);

    public TimeSpan AccessTokenLifetime => Faults.AccessTokenLifetime;

    public ImmutableArray<TourStep> Story => Stories.WorkOS(this);

    /// <summary>What can be made to go wrong.</summary>
    public Faults Faults => _application.Services.GetRequiredService<Faults>();

    /// <summary>The calls that were counted.</summary>
    public Ledger Ledger => _application.Services.GetRequiredService<Ledger>();

    /// <summary>The signing keys.</summary>
    public KeyRing Keys => _application.Services.GetRequiredService<KeyRing>();

    /// <summary>What the service must be told of a development WorkOS.</summary>
    public static IReadOnlyDictionary<string, string?> SettingsFor(FakeWorkOSOptions options) => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["WORKOS_API_KEY"] = options.ApiKey,
        ["WORKOS_CLIENT_ID"] = options.ClientId,
        ["WORKOS_API_HOSTNAME"] = new Uri(options.Url).Host,
        ["WORKOS_API_PORT"] = $"{new Uri(options.Url).Port}",
        ["WORKOS_API_HTTPS"] = "false",
    };

    /// <summary>A user of the development WorkOS, who presses the button with their name.</summary>
    public static DemoUser Describe(FakeUser user)
    {
        var identity = new Dictionary<string, string>(StringComparer.Ordinal) { ["x-auth-user-id"] = user.Id, ["x-auth-email"] = user.Email };
        if (user.DefaultMembership is { } membership)
        {
            identity["x-auth-org-id"] = membership.OrganizationId;
            identity["x-auth-role"] = membership.Role;
            identity["x-auth-permissions"] = string.Join(',', membership.Permissions);
        }

        return new DemoUser(user.Id, user.Email, new Dictionary<string, string>(StringComparer.Ordinal) { ["user"] = user.Id }, identity);
    }

    public Task StartAsync(CancellationToken cancellationToken) => _application.StartAsync(cancellationToken);

    public Task<int> CountTokenCallsAsync() => Task.FromResult(Ledger.AuthenticateCalls);

    public Task DelayTokensAsync(TimeSpan delay)
    {
        Faults.Authenticate.Latency = delay;
        return Task.CompletedTask;
    }

    public Task RotateKeysAsync()
    {
        Keys.Rotate(overlap: true);
        return Task.CompletedTask;
    }

    public Task PassAsync(TimeSpan time) => Task.CompletedTask;

    public Uri SignOutPage(string sessionId) => new($"{Address}/user_management/sessions/logout?session_id={sessionId}&return_to={Uri.EscapeDataString(_site.StartPage)}");

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
    }
}
