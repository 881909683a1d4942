using ExtAuthz.Faults.Scenarios;

namespace ExtAuthz.Faults;

/// <summary>Every scenario once, in its short form. docs/reliability.md tells what each shows.</summary>
public sealed class FaultTests
{
    public static TheoryData<string> Ids => [.. Scenario.All.Select(scenario => scenario.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public Task Nobody_is_signed_out_by_a_fault(string id) => Scenario.All.Single(scenario => scenario.Id == id).PlayAsync(new Run(Seed: 1, IsLong: false));
}
