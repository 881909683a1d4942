using ExtAuthz.EndToEnd.Scripts;

namespace ExtAuthz.EndToEnd.Envoy;

/// <summary>Containers do not run here: the compose file is held against the Dockerfile, the bootstrap and our hardening rules.</summary>
public sealed class ComposeFileTests
{
    [Fact]
    public async Task The_compose_file_fits_the_bootstrap_and_the_dockerfile_and_gives_no_container_a_privilege()
    {
        var result = await NodeScript.RunAsync("compose.test.mjs");

        result.ExitCode.ShouldBe(0, result.Output);
    }
}
