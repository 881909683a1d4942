using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server;
using ExtAuthz.Server.Configuration;
using ExtAuthz.Server.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExtAuthz.Benchmarks;

/// <summary>The whole service with one session that it knows; prints its address and the cookie of the session.</summary>
internal static class WarmServer
{
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.AddExtAuthz(Settings(), site => site.AddSingleton<IAccessTokenVerifier, AcceptingVerifier>()); // a warm session is not verified again, so its key does not matter
        await using var application = builder.Build();
        application.UseExtAuthz();
        await application.StartAsync();
        Console.WriteLine(application.Urls.Single());
        Console.WriteLine($"theme=dark; wos-session={application.Services.GetRequiredService<SiteDirectory>().Sites[0].GetRequiredService<ISessionCodec>().Seal(Sample()).Value}");
        await application.WaitForShutdownAsync();
    }

    private static AuthkitSettings Settings()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["WORKOS_API_KEY"] = "sk_test_benchmark",
            ["WORKOS_CLIENT_ID"] = "client_benchmark",
            ["WORKOS_COOKIE_PASSWORD"] = "a-password-for-nothing-but-a-benchmark",
            ["WORKOS_REDIRECT_URI"] = "http://localhost:8080/callback",
            ["WORKOS_API_HOSTNAME"] = "127.0.0.1",
            ["WORKOS_API_PORT"] = "9",
            ["WORKOS_API_HTTPS"] = "false",
            ["ExtAuthz:Grpc:Port"] = "0",
            ["ExtAuthz:Grpc:ShutdownDelaySeconds"] = "0",
        }).Build();
        return AuthkitConfiguration.Load(configuration) is AuthkitConfiguration.Loaded loaded
            ? loaded.Settings
            : throw new InvalidOperationException("The benchmark's own settings are refused.");
    }

    // As long as a message of 1.5 KB needs.
    private static Session Sample() => new(
        new AccessToken(new string('x', 120)),
        new RefreshToken("a-refresh-token"),
        new SessionUser(AcceptingVerifier.UserId, "ada@example.com", $$"""{"object":"user","id":"{{AcceptingVerifier.UserId}}","email":"ada@example.com"}"""),
        Impersonator: null,
        AuthenticationMethod: null);
}
