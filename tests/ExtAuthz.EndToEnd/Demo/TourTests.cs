using ExtAuthz.EndToEnd.Programs;

namespace ExtAuthz.EndToEnd.Demo;

/// <summary>The tour, run as its reader runs it.</summary>
public sealed class TourTests
{
    [Fact]
    public async Task Every_step_of_the_tour_holds()
    {
        await using var tour = ChildProgram.Start("ExtAuthz.Demo", [], "--tour");
        var (exitCode, output, error) = await tour.EndAsync();

        exitCode.ShouldBe(0, output + error);
        error.ShouldBeEmpty();
        output.ShouldContain("50 answers 200, 1 provider call");
        output.ShouldContain("steps held.");
    }
}
