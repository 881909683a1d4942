using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ExtAuthz.Server.Tests.Hosting;

/// <summary>A provider that answers as a test says, over real HTTP.</summary>
internal sealed class StubProvider : IAsyncDisposable
{
    private readonly WebApplication _application;

    private StubProvider(WebApplication application) => _application = application;

    public int Port => new Uri(_application.Urls.Single()).Port;

    public static async Task<StubProvider> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var application = builder.Build();
        application.Run(answer);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new StubProvider(application);
    }

    /// <summary>The settings that lead a service here.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("WORKOS_API_HOSTNAME", "127.0.0.1"),
        new("WORKOS_API_PORT", Port.ToString()),
        new("WORKOS_API_HTTPS", "false"),
    ];

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
