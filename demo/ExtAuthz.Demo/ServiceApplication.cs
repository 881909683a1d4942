using ExtAuthz.Server;
using ExtAuthz.Server.Configuration;

namespace ExtAuthz.Demo;

/// <summary>The authorization service inside the demo's process: put together as its own program does.</summary>
internal static class ServiceApplication
{
    /// <summary>Builds it without starting it.</summary>
    public static WebApplication Create(IConfiguration configuration, TimeProvider clock, Action<ILoggingBuilder> logging)
    {
        if (AuthkitConfiguration.Load(configuration) is not AuthkitConfiguration.Loaded loaded)
        {
            throw new InvalidOperationException($"{AuthkitConfiguration.Load(configuration)}");
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore().AddSingleton(clock);
        builder.AddExtAuthz(loaded.Settings);
        logging(builder.Logging);
        var application = builder.Build();
        application.UseExtAuthz();
        return application;
    }
}
