using System.Collections;
using ExtAuthz.Server.Configuration;
using ExtAuthz.Server.Tests.Conventions;

namespace ExtAuthz.Server.Tests.Configuration;

/// <summary>docs/configuration.md has one row for every setting, and no other; the README has some of them. What a row says is so.</summary>
public sealed class ConfigurationDocumentTests
{
    private static readonly Dictionary<string, object?> Defaults = OptionNames.All.ToDictionary(option => option.Path, option => option.Default, StringComparer.Ordinal);

    [Fact]
    public void Every_setting_has_a_row_and_every_row_a_setting() =>
        Rows("docs/configuration.md").Select(row => row.Setting).ShouldBe(Defaults.Keys, ignoreOrder: true);

    [Fact]
    public void The_README_names_settings_that_exist()
    {
        Rows("README.md").ShouldNotBeEmpty();
        Rows("README.md").ShouldAllBe(row => Defaults.ContainsKey(row.Setting));
    }

    [Theory]
    [InlineData("docs/configuration.md")]
    [InlineData("README.md")]
    public void Every_row_has_the_settings_own_default(string document)
    {
        foreach (var row in Rows(document))
        {
            row.Default.ShouldMatch(DefaultCell(Defaults[row.Setting]), row.Setting);
        }
    }

    [Theory]
    [InlineData("docs/configuration.md")]
    [InlineData("README.md")]
    public void Every_row_has_AuthKits_names(string document)
    {
        foreach (var row in Rows(document))
        {
            row.AuthKitNames.Split('`').Where(text => text.StartsWith("WORKOS_", StringComparison.Ordinal) || text.StartsWith("NEXT_", StringComparison.Ordinal))
                .ShouldBe(AuthkitEnvironment.NamesOf(row.Setting), row.Setting);
        }
    }

    private static IEnumerable<(string Setting, string AuthKitNames, string Default)> Rows(string document) =>
        Document.Open(document).Rows(document is "README.md" ? "## Configure" : "## Settings")
            .Select(cells => (cells[0].Trim('`'), cells[1], cells[2]));

    /// <summary>Code for a value, emphasis for what is computed.</summary>
    private static string DefaultCell(object? value) => value switch
    {
        null or ICollection => @"\A\*.+\*\z",
        bool truth => truth ? @"\A`true`\z" : @"\A`false`\z",
        _ => $@"\A`{value}`\z",
    };
}
