using System.Text.RegularExpressions;

namespace ExtAuthz.Server.Tests.Conventions;

/// <summary>What documents point to is there.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Every_link_leads_to_a_file() => Document.All
        .SelectMany(document => Links().Matches(document.Text).Select(link => (Document: document, Path: link.Groups["path"].Value)))
        .Where(link => !Path.Exists(Path.Combine(link.Document.Folder, link.Path)))
        .ShouldBeEmpty();

    [Fact]
    public void Every_path_in_the_text_is_a_file_or_a_folder() => Document.All
        .SelectMany(document => Paths().Matches(document.Text).Select(path => (Document: document, Path: path.Groups["path"].Value)))
        .Where(named => !Document.RepositoryHas(named.Path))
        .ShouldBeEmpty();

    [Fact]
    public void Every_test_class_in_the_text_exists() => Document.All
        .SelectMany(document => TestClasses().Matches(document.Text).Select(test => (Document: document, Name: test.Groups["name"].Value)))
        .Where(named => !Document.TestTypes.Contains(named.Name))
        .ShouldBeEmpty();

    [Theory]
    [InlineData("docs/deviations.md")]
    [InlineData("docs/threat-model.md")]
    public void Every_row_names_a_test(string path)
    {
        var rows = Document.Open(path).Rows().Where(cells => NumberedRow().IsMatch(cells[0])).ToList();

        rows.ShouldNotBeEmpty();
        rows.Where(cells => !TestClasses().IsMatch(cells[^1])).ShouldBeEmpty();
        rows.Select(cells => cells[0]).ShouldBeUnique();
    }

    [GeneratedRegex(@"\]\((?!https?://|#)(?<path>[^)#\s]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Links();

    [GeneratedRegex(@"`(?<path>(src|demo|tests|docs|envoy|protos|\.ci)/[^`*{}<>\s]*)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Paths();

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z]+(Tests|Properties))`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TestClasses();

    [GeneratedRegex("^[A-Z]{0,2}[0-9]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberedRow();
}
