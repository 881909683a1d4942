using System.Reflection;

namespace ExtAuthz.Redis.Tests.Servers;

/// <summary>
/// Garnet, a server of Redis' protocol in .NET: it comes as a package, so that there is one wherever these tests are built.
/// It refuses key patterns in ACL files, and has no replication without a cluster: what depends on these is tested with Redis alone.
/// </summary>
internal sealed class GarnetServer : StoreServer
{
    private static readonly string Assembly = typeof(GarnetServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key is nameof(GarnetServer)).Value!; // Servers.targets sets it

    public override string Configuration => $"127.0.0.1:{Port}";

    protected override (string Program, string HowToInstall) Program => ("dotnet", "There is no dotnet on the PATH.");

    protected override IEnumerable<string> Arguments => [Assembly, "--port", $"{Port}", "--bind", "127.0.0.1", "--lua", "--memory", "64m", "--index", "1m", "-q"];

    public static async Task<GarnetServer> RunAsync()
    {
        var server = new GarnetServer();
        await server.StartAsync();
        return server;
    }

    public override Task<RespClient> ConnectAsync() => RespClient.ConnectAsync(Port);
}
