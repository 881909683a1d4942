namespace ExtAuthz.Redis.Tests.Servers;

/// <summary>The servers that a test is played with.</summary>
internal static class StoreKind
{
    /// <summary>Starts one: Redis or Garnet.</summary>
    public static async Task<StoreServer> RunAsync(string kind) => kind is "Redis" ? await RedisServer.RunAsync() : await GarnetServer.RunAsync();
}
