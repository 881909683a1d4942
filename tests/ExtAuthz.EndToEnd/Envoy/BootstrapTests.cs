using ExtAuthz.EndToEnd.Scripts;

namespace ExtAuthz.EndToEnd.Envoy;

/// <summary>Envoy itself does not run here: its bootstrap is held against the upstream protos, their constraints and our hardening rules.</summary>
public sealed class BootstrapTests
{
    [Fact]
    public async Task The_bootstrap_is_what_envoy_accepts_and_a_careful_operator_ships()
    {
        var bootstraps = Directory.GetFiles(Path.Combine(BuildPaths.RepositoryRoot, "envoy"), "*.yaml");
        bootstraps.ShouldNotBeEmpty();

        var result = await NodeScript.RunAsync("check-bootstrap.mjs", bootstraps);

        result.ExitCode.ShouldBe(0, result.Output);
    }

    [Fact]
    public async Task Every_seeded_fault_of_the_bootstrap_is_found()
    {
        var result = await NodeScript.RunAsync("bootstrap.test.mjs");

        result.ExitCode.ShouldBe(0, result.Output);
    }
}
