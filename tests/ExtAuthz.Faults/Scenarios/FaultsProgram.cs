using System.Globalization;
using ExtAuthz.Faults.Load;

namespace ExtAuthz.Faults.Scenarios;

/// <summary><c>faults --seeds N [--first S] [--only F3]</c>: plays the scenarios again and again and prints the table of docs/reliability.md.</summary>
internal static class FaultsProgram
{
    public static async Task<int> RunAsync(string[] options)
    {
        var only = ValueOf(options, "--only")?.Split(',');
        var (seeds, first) = (int.Parse(ValueOf(options, "--seeds") ?? "1"), int.Parse(ValueOf(options, "--first") ?? "1"));
        var failures = 0;
        Console.WriteLine("| scenario | fault | runs | failed | requests | signed out | gave up | provider calls, most for one token | slowest answer, s | 99 of 100 within, s |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var scenario in Scenario.All.Where(scenario => only?.Contains(scenario.Id) ?? true))
        {
            var tallies = new List<Tally>();
            for (var seed = first; seed < first + seeds; seed++)
            {
                try
                {
                    tallies.Add(await scenario.PlayAsync(new Run(seed, IsLong: true)));
                }
                catch (Exception fault) when (fault is ShouldAssertException or OperationCanceledException or InvalidOperationException)
                {
                    failures++;
                    await Console.Error.WriteLineAsync($"{scenario.Id}, seed {seed}: {fault}");
                }
            }

            Console.WriteLine(Line(scenario, seeds, tallies));
        }

        return failures == 0 ? 0 : 1;
    }

    private static string Line(Scenario scenario, int runs, List<Tally> tallies) => tallies.Count is 0
        ? $"| {scenario.Id} | {scenario.Title} | {runs} | {runs} | | | | | | |"
        : $"| {scenario.Id} | {scenario.Title} | {runs} | {runs - tallies.Count} | {tallies.Sum(tally => tally.Requests)} | {tallies.Sum(tally => tally.SignedOut)} | {tallies.Sum(tally => tally.GivenUp)} "
            + $"| {tallies.Max(tally => tally.ProviderCalls)} | {Seconds(tallies.Max(tally => tally.Slowest))} | {Seconds(tallies.Max(tally => tally.NinetyNinth))} |";

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);

    private static string? ValueOf(string[] options, string name) => Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;
}
