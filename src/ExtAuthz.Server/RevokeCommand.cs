using System.CommandLine;
using ExtAuthz.Server.Configuration;
using ExtAuthz.Server.Redis;
using ExtAuthz.Server.Sites;

namespace ExtAuthz.Server;

/// <summary>What an operator calls to end sessions in all running replicas: it reads the same configuration, and tells them through Redis.</summary>
internal static class RevokeCommand
{
    public const string Name = "revoke";

    private const int Usage = 64; // EX_USAGE of sysexits.h
    private const int Unavailable = 69; // EX_UNAVAILABLE
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(5);

    private static readonly Option<string> Session = new("--sid") { Description = "The session to end.", HelpName = "id" };
    private static readonly Option<string> User = new("--user") { Description = "The user all of whose sessions to end.", HelpName = "id" };
    private static readonly Option<string> Site = new("--site") { Description = "A host of the site, where there are several.", HelpName = "host" };

    /// <summary>Runs the command and returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var revoke = new Command(Name, "Ends a session, or all sessions of a user, in all replicas.") { Session, User, Site };
        revoke.Validators.Add(result =>
        {
            if (string.IsNullOrEmpty(result.GetValue(Session)) == string.IsNullOrEmpty(result.GetValue(User)))
            {
                result.AddError("Name a session or a user: --sid <id> or --user <id>.");
            }
        });
        revoke.SetAction(RevokeAsync);
        var parsed = new RootCommand("Answers Envoy's authorization checks; without a command it runs the service.") { revoke }.Parse(args);
        var code = await parsed.InvokeAsync();
        return parsed.Errors.Count is 0 ? code : Usage;
    }

    private static async Task<int> RevokeAsync(ParseResult options, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        switch (AuthkitConfiguration.Load(builder.Configuration))
        {
            case AuthkitConfiguration.Loaded { Settings.Redis: null }:
                return await FailAsync($"{SettingName.Of("Redis:Configuration")} is missing: without Redis each replica is by itself, and none can be told.", AuthkitConfiguration.Refused.ExitCode);
            case AuthkitConfiguration.Loaded { Settings: var settings } when IndexOf(options.GetValue(Site), settings) is { } index:
                builder.AddExtAuthz(settings);
                builder.Logging.ClearProviders();
                await using (var application = builder.Build())
                {
                    return await RevokeAsync(application.Services, index, options, cancellationToken);
                }

            case AuthkitConfiguration.Loaded { Settings: var settings }:
                return await FailAsync($"Name one site: {string.Join(", ", settings.Sites.Select(site => $"--site {HostOf(site)}"))}.", Usage);
            case var refused:
                return await FailAsync($"{refused}", AuthkitConfiguration.Refused.ExitCode);
        }
    }

    /// <summary>The application is never started: no port is opened, only Redis is connected.</summary>
    private static async Task<int> RevokeAsync(IServiceProvider services, int site, ParseResult options, CancellationToken cancellationToken)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var redis = services.GetRequiredService<RedisConnection>();
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        redis.WhenConnected(() => connected.TrySetResult());
        await redis.StartAsync(cancellationToken);
        await connected.Task.WaitAsync(LongestConnect, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        var records = services.GetRequiredService<SiteDirectory>().Sites[site].GetRequiredService<RevocationRecords>();
        RevocationNews news = options.GetValue(Session) is { Length: > 0 } session
            ? new RevocationNews.SessionEnded(session)
            : new RevocationNews.UserEnded(options.GetValue(User)!, clock.GetUtcNow()); // one of the two is there
        if (!await records.TryTellAsync(news, LongestConnect, cancellationToken))
        {
            return await FailAsync("Redis is unavailable: nothing was revoked.", Unavailable);
        }

        Console.WriteLine(news is RevocationNews.SessionEnded ? "The session is revoked in all replicas." : "All sessions of the user are revoked in all replicas.");
        return 0;
    }

    /// <summary>Which site is meant; null when that is not clear.</summary>
    private static int? IndexOf(string? host, AuthkitSettings settings) => (host, settings.Sites) switch
    {
        (null or "", [_]) => 0,
        (null or "", _) => null,
        (_, var sites) when sites.IndexOf(sites.FirstOrDefault(site => Answers(site, host))!) is >= 0 and var index => index, // -1 for none
        _ => null,
    };

    private static bool Answers(SiteSettings site, string host) =>
        site.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase) || string.Equals(HostOf(site), host, StringComparison.OrdinalIgnoreCase);

    private static string HostOf(SiteSettings site) => new Uri(site.Site.PublicOrigin).Authority;

    private static async Task<int> FailAsync(string message, int exitCode)
    {
        await Console.Error.WriteLineAsync(message.TrimEnd());
        return exitCode;
    }
}
