using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ExtAuthz.Demo;
using ExtAuthz.Demo.Providers;
using ExtAuthz.Demo.Tour;
using ExtAuthz.Edge;
using ExtAuthz.EndToEnd.Programs;
using ExtAuthz.FakeWorkOS;
using ExtAuthz.FakeWorkOS.Accounts;
using ExtAuthz.FakeWorkOS.FaultInjection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.EndToEnd.Journeys;

/// <summary>The demo's site, with the shipped service in a process of its own and an upstream that records what it is sent.</summary>
internal sealed class Journey : IAsyncDisposable
{
    public const string ProtectedPage = "/account";
    public const string PublicPage = "/about";

    private static readonly FakeUser User = new("user_1", "user@example.com", "User", "One");

    private readonly WebApplication _provider;
    private readonly WebApplication _edge;

    private Journey(Uri origin, ChildProgram server, RecordingUpstream upstream, WebApplication provider, WebApplication edge)
    {
        (Server, Upstream, _provider, _edge) = (server, upstream, provider, edge);
        Origin = origin;
        Visitor = new Visitor(origin, TestContext.Current.CancellationToken);
    }

    public Uri Origin { get; }

    public ChildProgram Server { get; }

    public RecordingUpstream Upstream { get; }

    public Visitor Visitor { get; }

    public Faults Faults => _provider.Services.GetRequiredService<Faults>();

    /// <summary>The provider's clock: the real time of the start, moved by the test.</summary>
    public FakeTimeProvider ProviderClock => (FakeTimeProvider)_provider.Services.GetRequiredService<TimeProvider>();

    public static async Task<Journey> StartAsync(bool rawHeaders = true)
    {
        var ports = DemoPorts.AnyFree.Settle();
        var origin = new Uri($"http://localhost:{ports.Edge}");
        var site = new DemoSite(origin.GetLeftPart(UriPartial.Authority));
        var workOS = new FakeWorkOSOptions { Url = $"http://127.0.0.1:{ports.Provider}", RedirectUris = [site.RedirectUri], Users = [User] };
        var provider = FakeWorkOSApplication.Create(workOS, new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        await provider.StartAsync(TestContext.Current.CancellationToken);
        var server = await ServerProgram.StartAsync(site.Settings(FakeWorkOSProvider.SettingsFor(workOS), ports));
        var upstream = await RecordingUpstream.StartAsync();
        var edge = EdgeApplication.Create(
            new EdgeOptions
            {
                ListenAddress = new($"http://127.0.0.1:{ports.Edge}"),
                AuthorizationAddress = new($"http://127.0.0.1:{ports.Grpc}"),
                UpstreamAddress = upstream.Address,
                CheckTimeout = TimeSpan.FromMinutes(1),
                RawHeaders = rawHeaders,
            },
            builder => builder.Logging.ClearProviders());
        await edge.StartAsync(TestContext.Current.CancellationToken);
        return new Journey(origin, server, upstream, provider, edge);
    }

    /// <summary>Goes to the protected page and to the provider; returns the address of the callback, not yet visited.</summary>
    public async Task<Uri> BeginSignInAsync() =>
        await Visitor.ReturnFromAsync((await Visitor.OpenAsync(ProtectedPage)).Target, FakeWorkOSProvider.Describe(User));

    /// <summary>Sends a request with exactly these header lines on a connection of its own; returns the status and what the upstream received.</summary>
    public async Task<(int Status, ImmutableArray<(string Name, string Value)>? Received)> SendAsync(string path, IEnumerable<(string Name, string Value)> headers)
    {
        Upstream.Forget();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Origin.Port, TestContext.Current.CancellationToken);
        var lines = string.Concat(headers.Select(header => $"{header.Name}: {header.Value}\r\n"));
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes($"GET {path} HTTP/1.1\r\n{lines}connection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        return (int.Parse(answer.Split(' ')[1]), Upstream.Received);
    }

    public async ValueTask DisposeAsync()
    {
        Visitor.Dispose();
        await _edge.DisposeAsync();
        await Server.DisposeAsync();
        await _provider.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
