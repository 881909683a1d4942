using System.Xml.Linq;

namespace ExtAuthz.Domain.Tests.Conventions;

public sealed class DependencyTests
{
    [Fact]
    public void The_domain_references_the_base_library_and_nothing_else() =>
        typeof(CheckDecision).Assembly.GetReferencedAssemblies().ShouldAllBe(assembly => assembly.Name!.StartsWith("System.", StringComparison.Ordinal));

    [Fact]
    public void The_domain_has_no_packages() => Repository.Read("src", "ExtAuthz.Domain", "ExtAuthz.Domain.csproj").ShouldNotContain("Reference");

    [Fact]
    public void Nothing_in_src_knows_the_demo_or_the_tests()
    {
        var projects = Repository.Files("src", "*.csproj").ToList();

        projects.ShouldNotBeEmpty();
        projects.SelectMany(file => XDocument.Load(Path.Combine(Repository.Root, "src", file)).Descendants("ProjectReference"))
            .ShouldAllBe(reference => reference.Attribute("Include")!.Value.Replace('\\', '/').StartsWith("../ExtAuthz.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("P:System.DateTime.Now")]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("P:System.DateTimeOffset.Now")]
    [InlineData("P:System.DateTimeOffset.UtcNow")]
    [InlineData("M:System.Threading.Tasks.Task.Delay(System.TimeSpan)")]
    [InlineData("T:System.Random")]
    [InlineData("M:System.Guid.NewGuid")]
    public void The_wall_clock_and_chance_are_banned(string symbol)
    {
        Repository.Read("BannedSymbols.txt").ShouldContain($"{symbol};");
        Repository.Read("Directory.Build.props").ShouldContain("BannedSymbols.txt");
    }

    [Theory]
    [InlineData("TimeProvider.System")]
    [InlineData("Stopwatch")]
    [InlineData("Environment.")]
    [InlineData("System.IO")]
    [InlineData("System.Net.Http")]
    [InlineData("Console.")]
    [InlineData("RandomNumberGenerator")]
    [InlineData("Activity")]
    public void The_domain_touches_nothing_outside_itself(string api) =>
        Repository.SourceFiles("src/ExtAuthz.Domain").Where(file => Repository.Read("src", "ExtAuthz.Domain", file).Contains(api, StringComparison.Ordinal)).ShouldBeEmpty();
}
