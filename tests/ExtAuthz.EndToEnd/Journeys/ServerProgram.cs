using ExtAuthz.EndToEnd.Programs;
using Microsoft.Extensions.Configuration;

namespace ExtAuthz.EndToEnd.Journeys;

/// <summary>The authorization service as it is shipped: a process that is configured by its environment.</summary>
internal static class ServerProgram
{
    public const string Assembly = "ExtAuthz.Server";

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<ChildProgram> StartAsync(IConfiguration settings)
    {
        var program = ChildProgram.Start(Assembly, [.. EnvironmentOf(settings), new("Logging__LogLevel__Microsoft", "Information")]);
        try
        {
            await program.LineAsync("Now listening on");
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> EnvironmentOf(IConfiguration settings) => settings.AsEnumerable()
        .Where(setting => setting.Value is not null)
        .Select(setting => KeyValuePair.Create(setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value));
}
