using System.Collections.Concurrent;
using System.Globalization;
using ExtAuthz.Faults.Load;

namespace ExtAuthz.Faults.Scenarios;

/// <summary><c>faults --seeds N [--first S] [--only F3] [--jobs N] [--minutes N]</c>: plays the scenarios again and again and prints the table of docs/reliability.md.</summary>
internal static class FaultsProgram
{
    public static async Task<int> RunAsync(string[] options)
    {
        var only = ValueOf(options, "--only")?.Split(',');
        var (seeds, first, jobs) = (NumberOf(options, "--seeds") ?? 1, NumberOf(options, "--first") ?? 1, NumberOf(options, "--jobs") ?? 1);
        var failures = 0;
        Console.WriteLine("| scenario | fault | runs | failed | requests | signed out | gave up | provider calls, most for one token | slowest answer, s | 99 of 100 within, s | also |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var scenario in Scenario.All.Where(scenario => only?.Contains(scenario.Id) ?? true))
        {
            var tallies = new ConcurrentBag<Tally>();
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = scenario.IsMeasured ? 1 : jobs };
            await Parallel.ForEachAsync(Enumerable.Range(first, seeds), parallel, async (seed, _) =>
            {
                var run = new Run(seed, IsLong: true) { Minutes = NumberOf(options, "--minutes") };
                if (await PlayAsync(scenario, run) is { } tally)
                {
                    tallies.Add(tally);
                }
            });
            failures += seeds - tallies.Count;
            Console.WriteLine(Line(scenario, seeds, [.. tallies]));
        }

        return failures == 0 ? 0 : 1;
    }

    /// <summary>Whatever a run fails with, it is one failed run.</summary>
    private static async Task<Tally?> PlayAsync(Scenario scenario, Run run)
    {
        var playing = scenario.PlayAsync(run);
        await ((Task)playing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (playing.IsCompletedSuccessfully)
        {
            return await playing;
        }

        await Console.Error.WriteLineAsync($"{scenario.Id}, seed {run.Seed}: {playing.Exception?.InnerException?.ToString() ?? "given up"}");
        return null;
    }

    private static string Line(Scenario scenario, int runs, IReadOnlyCollection<Tally> tallies) => tallies.Count is 0
        ? $"| {scenario.Id} | {scenario.Title} | {runs} | {runs} | | | | | | | |"
        : $"| {scenario.Id} | {scenario.Title} | {runs} | {runs - tallies.Count} | {tallies.Sum(tally => tally.Requests)} | {tallies.Sum(tally => tally.SignedOut)} | {tallies.Sum(tally => tally.GivenUp)} "
            + $"| {tallies.Max(tally => tally.ProviderCalls)} | {Seconds(tallies.Max(tally => tally.Slowest))} | {Seconds(tallies.Max(tally => tally.NinetyNinth))} | {Figures(tallies)} |";

    private static string Figures(IEnumerable<Tally> tallies) => string.Join("; ", tallies.SelectMany(tally => tally.Figures)
        .GroupBy(figure => figure.Name, figure => figure.Time, StringComparer.Ordinal)
        .Select(figure => $"{figure.Key}: {Milliseconds(figure.Max())} ms, half of the runs {Milliseconds(figure.Order().ElementAt((figure.Count() - 1) / 2))}"));

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);

    private static int? NumberOf(string[] options, string name) => ValueOf(options, name) is { } value ? int.Parse(value) : null;

    private static string? ValueOf(string[] options, string name) => Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;
}
