using System.Net;
using System.Security.Cryptography.X509Certificates;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Server.Tests.Hosting;
using ExtAuthz.Server.Transport;
using ExtAuthz.Server.Transport.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.Server.Tests.Transport;

/// <summary>The transport alone, on a port of its own, with <see cref="PathHandler"/> behind it. Closing it fails the test if an Error was logged.</summary>
internal sealed class TransportServer : IAsyncDisposable
{
    public static readonly TimeSpan ShutdownDelay = TimeSpan.FromSeconds(10);

    private readonly WebApplication _application;
    private readonly CapturedLogs _logs;

    private TransportServer(WebApplication application, CapturedLogs logs, X509Certificate2? certificate)
    {
        _application = application;
        _logs = logs;
        Client = new RawGrpcClient(new Uri(application.Urls.Single()), certificate);
    }

    public RawGrpcClient Client { get; }

    public string Address => new Uri(_application.Urls.Single()).Authority;

    public HealthStatus Health => _application.Services.GetRequiredService<HealthStatus>();

    public PathHandler Handler => (PathHandler)_application.Services.GetRequiredService<ICheckHandler>();

    public static async Task<TransportServer> StartAsync(TimeProvider? time = null, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
        {
            KestrelSettings.ServeGrpc(endpoint);
            if (certificate is not null)
            {
                endpoint.UseHttps(certificate);
            }
        }));
        var logs = new CapturedLogs();
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddProvider(logs);
        builder.Services
            .AddSingleton(time ?? TimeProvider.System)
            .AddSingleton(new ReservedHeaders([]))
            .AddSingleton<ICheckHandler, PathHandler>()
            .AddTransport(new TransportSettings { ShutdownDelay = time is null ? TimeSpan.Zero : ShutdownDelay });
        var application = builder.Build();
        application.UseTransport();
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new TransportServer(application, logs, certificate);
    }

    /// <summary>What SIGTERM does.</summary>
    public Task StopAsync() => _application.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>Lets the clock run until the server has stopped.</summary>
    public static async Task PassDelayAsync(FakeTimeProvider time, Task stopped)
    {
        while (!stopped.IsCompleted)
        {
            time.Advance(ShutdownDelay);
            await Task.WhenAny(stopped, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        await stopped;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
        _logs.Errors.ShouldBeEmpty();
    }
}
