using System.Text.Json;
using ExtAuthz.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace ExtAuthz.Domain.Tests.Routes;

/// <summary>Paths put together from ordinary words and from the pieces that bypasses are made of, and mutations of the corpus.</summary>
internal static class HostilePaths
{
    private static readonly string[] Ordinary =
        ["/", "/", "/about", "/public", "/blog", "/static", "/api", "/files", "edit", "x", "a.css", "42", "-", "~", "%20", "%7E", "%C3%A9", "%5Bslug%5D"];

    private static readonly string[] Hostile =
    [
        "..", ".", "//", "/./", "/../", "/..;/", ";", ";x=1", "\\", "%2e", "%2E%2e", "%2f", "%5C", "%3b", "%25", "%252e", "%252f", "%25252e", "%00", "%0d%0a",
        "%7f", "%ff", "%C3", "%c0%ae", "%", "%2", "%zz", "%u002f", "!", "#", "?", "*", "(", "|", "^", "<", "\"", " ", "\t", "\n", "\0", "é", "／", "\u200b", "\ud800",
        "@evil.com", "//evil.com", "https://app.example.com", "https://evil.com", "javascript:", "/auth/callback", "/auth/%63allback", "admin",
    ];

    public static Arbitrary<string> Any { get; } = Gen.OneOf(Composed(), Mutated()).ToArbitrary();

    /// <summary>Enough cases to meet most pairs of pieces.</summary>
    public static Config Thorough { get; } = Config.QuickThrowOnFailure.WithMaxTest(20_000).WithEndSize(12);

    private static Gen<string> Composed() => Gen.Frequency((9, Gen.Elements(Ordinary)), (1, Gen.Elements(Hostile)))
        .ListOf()
        .SelectMany(pieces => Gen.Elements("/", "").Select(start => start + string.Concat(pieces)));

    private static Gen<string> Mutated() =>
        from path in Gen.Elements(Corpus("paths", "path").Concat(Corpus("return_paths", "input")))
        from piece in Gen.Elements(Hostile.Concat(Ordinary))
        from position in Gen.Choose(0, path.Length)
        select path.Insert(position, piece);

    private static IReadOnlyList<string> Corpus(string file, string property)
    {
        using var corpus = FixtureFolder.Open($"corpus/{file}.json");
        return [.. corpus.RootElement.Items("cases").Select(test => test.GetProperty(property)).Where(text => text.ValueKind is JsonValueKind.String).Select(text => FixtureText.Read(text.GetString()!))];
    }
}
