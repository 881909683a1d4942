using System.Net;
using ExtAuthz.Demo.Upstream;
using ExtAuthz.Edge;
using ExtAuthz.FakeWorkOS;

namespace ExtAuthz.Demo;

/// <summary>All parts, running in this process: a browser goes to the edge, which asks the service before it forwards to the upstream.</summary>
internal sealed class Demonstration : IAsyncDisposable
{
    private readonly DemoPorts _ports;
    private readonly WebApplication _upstream;
    private readonly WebApplication _provider;
    private readonly WebApplication _service;
    private readonly WebApplication _edge;

    private Demonstration(DemoPorts ports, TimeProvider clock, Action<ILoggingBuilder> logging)
    {
        _ports = ports;
        Origin = new Uri($"http://localhost:{ports.Edge}");
        var site = new DemoSite(Origin.GetLeftPart(UriPartial.Authority));
        var workOS = new FakeWorkOSOptions { Url = Local(ports.Provider), RedirectUris = [site.RedirectUri], LogoutUris = [site.StartPage] };
        _upstream = EchoApplication.Create(new IPEndPoint(IPAddress.Loopback, ports.Upstream), logging);
        _provider = FakeWorkOSApplication.Create(workOS, clock, logging);
        _service = ServiceApplication.Create(site.Settings(workOS, ports), clock, logging);
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

    /// <summary>The provider's services: its fault switches, its ledger, its sessions.</summary>
    public IServiceProvider Provider => _provider.Services;

    /// <summary>Where the provider listens, without a slash at the end.</summary>
    public string ProviderAddress => Local(_ports.Provider);

    /// <summary>The services of the authorization service.</summary>
    public IServiceProvider Service => _service.Services;

    /// <summary>The addresses, for the one who started it.</summary>
    public string Welcome => $"""
        Open        {Origin}
        Protected   {new Uri(Origin, "account")}
        gRPC Check  {Local(_ports.Grpc)}
        Provider    {Local(_ports.Provider)}
        Upstream    {Local(_ports.Upstream)}
        Ctrl-C stops.
        """;

    /// <summary>Starts all parts.</summary>
    /// <exception cref="PortTakenException">Another program listens at one of the ports.</exception>
    public static async Task<Demonstration> StartAsync(DemoPorts ports, TimeProvider clock, Action<ILoggingBuilder> logging, CancellationToken cancellationToken)
    {
        var demonstration = new Demonstration(ports.Settle(), clock, logging);
        await demonstration._upstream.StartAsync(cancellationToken);
        await demonstration._provider.StartAsync(cancellationToken);
        await demonstration._service.StartAsync(cancellationToken);
        await demonstration._edge.StartAsync(cancellationToken);
        return demonstration;
    }

    /// <summary>Stops all parts, those that call before those that answer.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var application in new[] { _edge, _service, _provider, _upstream })
        {
            await application.StopAsync(CancellationToken.None);
            await application.DisposeAsync();
        }
    }

    private static string Local(int port) => $"http://127.0.0.1:{port}";
}
