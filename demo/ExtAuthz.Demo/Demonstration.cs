using System.Diagnostics;
using System.Net;
using ExtAuthz.Demo.Providers;
using ExtAuthz.Demo.Upstream;
using ExtAuthz.Edge;
using ExtAuthz.Server.Sites;
using ExtAuthz.Server.Transport.Health;

namespace ExtAuthz.Demo;

/// <summary>All parts, running in this process or as its child: a browser goes to the edge, which asks the service before it forwards to the upstream.</summary>
internal sealed class Demonstration : IAsyncDisposable
{
    private readonly DemoPorts _ports;
    private readonly WebApplication _upstream;
    private readonly WebApplication _service;
    private readonly WebApplication _edge;

    private Demonstration(ProviderKind provider, DemoPorts ports, TimeProvider clock, Action<ILoggingBuilder> logging)
    {
        _ports = ports;
        Origin = new Uri($"http://localhost:{ports.Edge}");
        var site = new DemoSite(Origin.GetLeftPart(UriPartial.Authority));
        _upstream = EchoApplication.Create(new IPEndPoint(IPAddress.Loopback, ports.Upstream), logging);
        Provider = provider switch
        {
            ProviderKind.WorkOS => new FakeWorkOSProvider(site, Local(ports.Provider), clock, logging),
            ProviderKind.Oidc => new OidcProvider(site, Local(ports.Provider)),
            _ => throw new UnreachableException(),
        };
        _service = ServiceApplication.Create(site.Settings(Provider.Settings, ports), clock, logging);
        _edge = EdgeApplication.Create(
            new EdgeOptions
            {
                ListenAddress = new(Local(ports.Edge)),
                AuthorizationAddress = new(Local(ports.Grpc)),
                UpstreamAddress = new(Local(ports.Upstream)),
                CheckTimeout = TimeSpan.FromSeconds(12), // a refresh waits for the provider
                StatusOnError = StatusCodes.Status503ServiceUnavailable,
            },
            builder =>
            {
                logging(builder.Logging.ClearProviders());
                builder.Services.AddSingleton(clock);
            });
    }

    /// <summary>What the browser opens.</summary>
    public Uri Origin { get; }

    /// <summary>Who signs users in.</summary>
    public IDemoProvider Provider { get; }

    /// <summary>The services of the authorization service.</summary>
    public IServiceProvider Service => _service.Services.GetRequiredService<SiteDirectory>().Sites[0];

    /// <summary>The addresses, for the one who started it.</summary>
    public string Welcome => $"""
        Open        {Origin}
        Protected   {new Uri(Origin, "account")}
        gRPC Check  {Local(_ports.Grpc)}
        Provider    {Provider.Address}
        Upstream    {Local(_ports.Upstream)}
        Ctrl-C stops.
        """;

    /// <summary>Starts all parts, and waits until the service says that it is ready.</summary>
    /// <exception cref="CannotStartException">Another program listens at one of the ports, or the provider lacks something.</exception>
    public static async Task<Demonstration> StartAsync(ProviderKind provider, DemoPorts ports, TimeProvider clock, Action<ILoggingBuilder> logging, CancellationToken cancellationToken)
    {
        var demonstration = new Demonstration(provider, ports.Settle(), clock, logging);
        await demonstration.Provider.StartAsync(cancellationToken);
        await demonstration._upstream.StartAsync(cancellationToken);
        await demonstration._service.StartAsync(cancellationToken);
        await demonstration.UntilReadyAsync(cancellationToken);
        await demonstration._edge.StartAsync(cancellationToken);
        return demonstration;
    }

    /// <summary>Stops all parts, those that call before those that answer.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(_edge);
        await StopAsync(_service);
        await Provider.DisposeAsync();
        await StopAsync(_upstream);
    }

    private async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        var health = _service.Services.GetRequiredService<HealthStatus>();
        for (var now = health.Current; !now.IsServing; now = health.Current)
        {
            await now.Changed.WaitAsync(cancellationToken);
        }
    }

    private static async Task StopAsync(WebApplication application)
    {
        await application.StopAsync(CancellationToken.None);
        await application.DisposeAsync();
    }

    private static string Local(int port) => $"http://127.0.0.1:{port}";
}
