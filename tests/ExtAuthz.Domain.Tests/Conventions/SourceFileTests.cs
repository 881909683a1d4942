using System.Text.RegularExpressions;

namespace ExtAuthz.Domain.Tests.Conventions;

public sealed partial class SourceFileTests
{
    [Theory]
    [InlineData("src")]
    [InlineData("demo")]
    public void A_file_holds_one_type_of_its_name(string folder)
    {
        var files = Repository.SourceFiles(folder).ToList();

        files.ShouldNotBeEmpty();
        files.Select(file => (File: file, Types: TypesOf(Repository.Read(folder, file))))
            .Where(file => file.Types is not [] && !file.Types.SequenceEqual([Path.GetFileNameWithoutExtension(file.File).Split('.')[0]], StringComparer.Ordinal))
            .Select(file => $"{file.File}: {string.Join(", ", file.Types)}")
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("src")]
    [InlineData("demo")]
    public void A_namespace_is_its_folder(string folder) => Repository.SourceFiles(folder)
        .Where(file => Namespace().Match(Repository.Read(folder, file)) is { Success: true } match
            && !match.Groups["name"].Value.Equals(Path.GetDirectoryName(file)!.Replace('/', '.').Replace('\\', '.'), StringComparison.Ordinal))
        .ShouldBeEmpty();

    [Fact]
    public void No_folder_has_the_name_of_a_type()
    {
        var types = typeof(CheckDecision).Assembly.GetTypes().Where(type => !type.IsNested).Select(type => type.Name).ToHashSet(StringComparer.Ordinal);

        Repository.SourceFiles("src/ExtAuthz.Domain").SelectMany(file => file.Split('/')[..^1]).Where(types.Contains).ShouldBeEmpty();
    }

    [Fact]
    public void Source_speaks_of_no_work_left_undone() => Repository.SourceFiles("src")
        .Where(file => Undone().IsMatch(Repository.Read("src", file)))
        .ShouldBeEmpty();

    private static string[] TypesOf(string source) => [.. Type().Matches(source).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex(@"^(?:public|internal|file)\s[^(=;{]*?\b(?:class|struct|interface|enum|record(?: struct| class)?)\s+(?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Type();

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\b(?:TODO|FIXME|HACK)\b|#region|NotImplementedException", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Undone();
}
