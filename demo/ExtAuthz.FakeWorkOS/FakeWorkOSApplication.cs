using ExtAuthz.FakeWorkOS.Accounts;
using ExtAuthz.FakeWorkOS.Authentication;
using ExtAuthz.FakeWorkOS.Authorization;
using ExtAuthz.FakeWorkOS.Bookkeeping;
using ExtAuthz.FakeWorkOS.FaultInjection;
using ExtAuthz.FakeWorkOS.Http;
using ExtAuthz.FakeWorkOS.Keys;
using ExtAuthz.FakeWorkOS.Sessions;

namespace ExtAuthz.FakeWorkOS;

/// <summary>A WorkOS API for development: everything AuthKit calls, on one machine, with switches to make it fail.</summary>
public static class FakeWorkOSApplication
{
    /// <summary>
    /// Builds it without starting it. <see cref="Faults"/>, <see cref="Ledger"/>, <see cref="KeyRing"/> and <see cref="SessionStore"/>
    /// are in its services. It reads no environment and logs nothing unless <paramref name="logging"/> adds a provider.
    /// </summary>
    public static WebApplication Create(FakeWorkOSOptions options, TimeProvider clock, Action<ILoggingBuilder>? logging = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(options.Url).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
        });
        logging?.Invoke(builder.Logging);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning); // its request log shows queries
        builder.Services
            .AddRoutingCore()
            .AddSingleton(options).AddSingleton(clock)
            .AddSingleton<AccountDirectory>().AddSingleton<KeyRing>().AddSingleton<Ledger>()
            .AddSingleton<Faults>().AddSingleton<FaultyResponder>().AddSingleton<FaultsEndpoint>()
            .AddSingleton<AccessTokens>().AddSingleton<SessionStore>().AddSingleton<AuthorizationCodes>()
            .AddSingleton<AuthorizeRequestReader>().AddSingleton<AuthorizePage>().AddSingleton<AuthorizeEndpoint>()
            .AddSingleton<AuthenticateEndpoint>().AddSingleton<JwksEndpoint>().AddSingleton<LogoutEndpoint>()
            .AddSingleton<RevokeEndpoint>().AddSingleton<LedgerEndpoint>().AddSingleton<RequestLog>();

        var app = builder.Build();
        app.Use(app.Services.GetRequiredService<RequestLog>().InvokeAsync);
        Map(app);
        return app;
    }

    private static void Map(WebApplication app)
    {
        var authorize = app.Services.GetRequiredService<AuthorizeEndpoint>();
        var jwks = app.Services.GetRequiredService<JwksEndpoint>();
        app.MapGet("/user_management/authorize", authorize.GetAsync);
        app.MapPost("/user_management/authorize", authorize.PostAsync);
        app.MapPost("/user_management/authenticate", app.Services.GetRequiredService<AuthenticateEndpoint>().PostAsync);
        app.MapGet("/sso/jwks/{clientId}", jwks.GetAsync);
        app.MapGet("/user_management/sessions/jwks/{clientId}", jwks.GetAsync);
        app.MapGet("/user_management/sessions/logout", app.Services.GetRequiredService<LogoutEndpoint>().GetAsync);
        app.MapPost("/user_management/sessions/revoke", app.Services.GetRequiredService<RevokeEndpoint>().PostAsync);
        app.MapPost("/_fake/faults", app.Services.GetRequiredService<FaultsEndpoint>().PostAsync);
        app.MapGet("/_fake/ledger", app.Services.GetRequiredService<LedgerEndpoint>().GetAsync);
    }
}
