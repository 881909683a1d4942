using System.Buffers;
using ExtAuthz.Faults.Site;

namespace ExtAuthz.Faults.Scenarios;

/// <summary>What Redis may know.</summary>
internal static class Secrecy
{
    /// <summary>Nothing that was planted is in any key or value.</summary>
    public static async Task HoldsAsync(Deployment site)
    {
        var dump = await site.Redis.DumpAsync();
        dump.ShouldNotBeEmpty();
        var text = string.Join('\n', dump.Select(record => record.Key + '\n' + record.Value));
        var at = text.AsSpan().IndexOfAny(SearchValues.Create([.. site.Secrets], StringComparison.OrdinalIgnoreCase));
        (at < 0 ? "" : text[at..Math.Min(at + 40, text.Length)]).ShouldBeEmpty();
    }
}
