using ExtAuthz.EndToEnd.Programs;
using ExtAuthz.EndToEnd.Scripts;

namespace ExtAuthz.EndToEnd.Demo;

/// <summary>The tour, run as its reader runs it.</summary>
public sealed class TourTests
{
    [Fact]
    public Task Every_step_of_the_tour_holds() => HoldsAsync();

    [Fact]
    public Task Every_step_of_the_tour_holds_with_an_OpenID_Connect_provider()
    {
        NodeScript.RequirePackages(NodeScript.OidcProviderFolder);
        return HoldsAsync("--provider", "oidc");
    }

    private static async Task HoldsAsync(params string[] options)
    {
        await using var tour = ChildProgram.Start("ExtAuthz.Demo", [], ["--tour", .. options]);
        var (exitCode, output, error) = await tour.EndAsync();

        exitCode.ShouldBe(0, output + error);
        error.ShouldBeEmpty();
        output.ShouldContain("Two tabs of a browser");
        output.ShouldContain("50 answers 200, 1 provider call");
        output.ShouldContain("Signing out leaves nothing behind");
        output.ShouldContain("steps held.");
    }
}
