using System.Text.Json;

namespace ExtAuthz.Tests.Shared;

/// <summary>Runs one assertion over many recorded cases and names every case that fails.</summary>
internal static class ConformanceAssertions
{
    public static void ShouldAllSatisfy(this IEnumerable<JsonElement> cases, Action<JsonElement> assertion)
    {
        var failures = new List<string>();
        foreach (var test in cases)
        {
            try
            {
                assertion(test);
            }
            catch (ShouldAssertException failure)
            {
                failures.Add($"{test}\n{failure.Message}");
            }
        }

        failures.ShouldBeEmpty();
    }
}
