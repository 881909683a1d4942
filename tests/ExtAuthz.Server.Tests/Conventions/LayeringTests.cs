using ExtAuthz.Domain;

namespace ExtAuthz.Server.Tests.Conventions;

/// <summary>The core knows the base class library alone; the shell knows the core, and nothing of the demo.</summary>
public sealed class LayeringTests
{
    [Fact]
    public void The_core_references_the_base_class_library_alone() =>
        References(typeof(CheckDecision)).ShouldAllBe(name => name.StartsWith("System.", StringComparison.Ordinal) && name != "System.Net.Http");

    [Fact]
    public void The_shell_references_the_core_and_no_demo() =>
        References(typeof(Log)).Where(name => name.StartsWith("ExtAuthz.", StringComparison.Ordinal)).ShouldBe(["ExtAuthz.Domain"]);

    private static IEnumerable<string> References(Type type) => type.Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name ?? "");
}
