using System.Collections.Frozen;
using System.Text.Json;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Tests.Shared;

namespace ExtAuthz.Domain.Tests.SignIn;

/// <summary>corpus/return_paths.json: the exact path to return to. Its note gives the origin and the endpoints.</summary>
public sealed class ReturnPathConformanceTests
{
    private const string Origin = "https://app.example.com";

    private static readonly FrozenSet<string> Endpoints = ["/auth/callback", "/auth/signin", "/auth/signout"];

    [Fact]
    public void Every_asked_for_path_becomes_the_one_that_the_corpus_expects()
    {
        using var corpus = FixtureFolder.Open("corpus/return_paths.json");

        corpus.RootElement.Items("cases").ShouldAllSatisfy(test =>
            ReturnPath.From(Text(test.GetProperty("input")), Origin, Endpoints).Value.ShouldBe(test.GetProperty("expected").GetString()));
    }

    /// <summary>The input; what is not a string can not arrive, so it stands for no value.</summary>
    private static string? Text(JsonElement input) => input.ValueKind is JsonValueKind.String ? FixtureText.Read(input.GetString()!) : null;
}
