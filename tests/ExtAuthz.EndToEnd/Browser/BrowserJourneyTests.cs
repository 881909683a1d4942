using ExtAuthz.EndToEnd.Programs;
using ExtAuthz.EndToEnd.Scripts;

namespace ExtAuthz.EndToEnd.Browser;

/// <summary>The demo seen through Chromium: each file of node/browser/journeys is one journey, with a demo and a browser of its own.</summary>
public sealed class BrowserJourneyTests
{
    private const string Chromium = "/usr/bin/chromium";
    private static readonly string Folder = Path.Combine(BuildPaths.RepositoryRoot, "tests", "ExtAuthz.EndToEnd", "node", "browser", "journeys");
    private static readonly string Screenshots = Path.Combine(BuildPaths.RepositoryRoot, "artifacts", "screenshots");

    public static TheoryData<string> Journeys => [.. Directory.GetFiles(Folder, "*.mjs").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Journeys))]
    public async Task Journey_holds_in_a_browser(string journey)
    {
        if (!File.Exists(Chromium))
        {
            ScriptProcess.Require($"{Chromium} is not there: apt-get install chromium.");
        }

        await using var demo = ChildProgram.Start("ExtAuthz.Demo", [], "--edge-port", "0", "--grpc-port", "0", "--provider-port", "0", "--upstream-port", "0");
        var origin = (await demo.LineAsync("Open")).Split(' ')[^1];
        var provider = (await demo.LineAsync("Provider")).Split(' ')[^1];
        await demo.LineAsync("Ctrl-C");

        var result = await NodeScript.RunAsync("browser/run.mjs", journey, origin, provider, Screenshots);

        result.ExitCode.ShouldBe(0, result.Output);
    }
}
