using ExtAuthz.Demo.Providers;

namespace ExtAuthz.Demo.Tour;

/// <summary>The story of one visitor, told and checked step by step.</summary>
internal static class GuidedTour
{
    /// <summary>Runs the story on parts of its own and writes a line a step; true if all of it held.</summary>
    public static async Task<bool> RunAsync(ProviderKind provider, TextWriter output, Action<ILoggingBuilder> logging, CancellationToken stopping)
    {
        var clock = new TourClock();
        await using var demonstration = await Demonstration.StartAsync(provider, DemoPorts.AnyFree, clock, logging, stopping);
        using var visitor = new Visitor(demonstration.Origin, stopping);
        var world = new TourWorld(demonstration, clock, visitor);
        var story = demonstration.Provider.Story;
        foreach (var (index, step) in story.Index())
        {
            try
            {
                await output.WriteLineAsync($"{index + 1,2}. {step.Claim}: {await step.ShowAsync(world)}");
            }
            catch (UnmetExpectationException unmet)
            {
                await output.WriteLineAsync($"{index + 1,2}. FAILED: {step.Claim}: {unmet.Message}");
                return false;
            }
        }

        await output.WriteLineAsync($"All {story.Length} steps held.");
        return true;
    }
}
