using ExtAuthz.EndToEnd.Scripts;

namespace ExtAuthz.EndToEnd.Envoy;

/// <summary>Our protos are a subset of the upstream ones: same names, numbers, types and cardinality, or they would not meet on the wire.</summary>
public sealed class ProtoSubsetTests
{
    [Fact]
    public async Task Every_message_field_and_enum_of_ours_is_the_same_upstream_and_every_seeded_difference_is_found()
    {
        var result = await NodeScript.RunAsync("proto-subset.test.mjs");

        result.ExitCode.ShouldBe(0, result.Output);
    }
}
