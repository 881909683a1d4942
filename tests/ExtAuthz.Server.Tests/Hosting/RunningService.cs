using System.Net;
using System.Net.Http.Headers;
using Envoy.Service.Auth.V3;
using ExtAuthz.Server.Configuration;
using ExtAuthz.Server.Sites;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ExtAuthz.Server.Tests.Hosting;

/// <summary>The whole service in this process, on a port of its own, asked over real gRPC. Closing it fails the test if an Error was logged that was not expected.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly HttpClient _client;

    private RunningService(WebApplication application, CapturedLogs logs)
    {
        _application = application;
        Logs = logs;
        _client = new HttpClient { BaseAddress = new Uri(application.Urls.First()) };
    }

    public CapturedLogs Logs { get; }

    public Uri Address => _client.BaseAddress!; // set in the constructor

    /// <summary>Errors with this text are part of the test.</summary>
    public string? ExpectedError { get; set; }

    /// <summary>The services of its site, or of the first of several.</summary>
    public IServiceProvider Services => _application.Services.GetRequiredService<SiteDirectory>().Sites[0];

    /// <summary>Settings of a test; of two for one name the later counts.</summary>
    public static IConfiguration Configuration(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["ExtAuthz:Grpc:Address"] = "127.0.0.1",
            ["ExtAuthz:Grpc:Port"] = "0",
            ["ExtAuthz:Grpc:ShutdownDelaySeconds"] = "0",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return new ConfigurationBuilder().AddInMemoryCollection(all).Build();
    }

    public static async Task<RunningService> StartAsync(IEnumerable<KeyValuePair<string, string?>> settings, Action<IServiceCollection>? replace = null, Action<IServiceCollection>? replaceInSites = null)
    {
        var loaded = AuthkitConfiguration.Load(Configuration(settings)).ShouldBeOfType<AuthkitConfiguration.Loaded>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var logs = new CapturedLogs();
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.AddExtAuthz(loaded.Settings, replaceInSites);
        replace?.Invoke(builder.Services);
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        var application = builder.Build();
        application.UseExtAuthz();
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new RunningService(application, logs);
    }

    /// <summary>One <c>Check</c> call, framed by hand.</summary>
    public async Task<CheckResponse> CheckAsync(CheckRequest request, string? grpcTimeout = null)
    {
        var message = request.ToByteArray();
        byte[] frame = [0, (byte)(message.Length >> 24), (byte)(message.Length >> 16), (byte)(message.Length >> 8), (byte)message.Length, .. message];
        using var content = new ByteArrayContent(frame) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } };
        using var call = new HttpRequestMessage(HttpMethod.Post, "/envoy.service.auth.v3.Authorization/Check")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
            Headers = { TE = { new TransferCodingWithQualityHeaderValue("trailers") } },
        };
        if (grpcTimeout is not null)
        {
            call.Headers.Add("grpc-timeout", grpcTimeout);
        }

        using var response = await _client.SendAsync(call, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        response.TrailingHeaders.GetValues("grpc-status").ShouldBe(["0"]);
        return CheckResponse.Parser.ParseFrom(answer.AsSpan(5));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        Logs.Errors.Where(error => ExpectedError is null || !error.Contains(ExpectedError, StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
