using System.Text.Json;
using ExtAuthz.Domain.Routes;
using ExtAuthz.Tests.Shared;

namespace ExtAuthz.Domain.Tests.Routes;

/// <summary>corpus/paths.json: public, protected or reject, for a raw request target and a list of public paths.</summary>
public sealed class PathClassConformanceTests
{
    [Fact]
    public void Every_path_has_the_class_that_the_corpus_gives_it()
    {
        using var corpus = FixtureFolder.Open("corpus/paths.json");

        corpus.RootElement.Items("cases").ShouldAllSatisfy(test => Classify(test).ShouldBe(Expected(test)));
    }

    private static PathClass Classify(JsonElement test)
    {
        var rawHeaders = !test.TryGetProperty("raw_headers", out var raw) || raw.GetBoolean();
        var allow = test.GetProperty("allow").EnumerateArray().Select(pattern => FixtureText.Read(pattern.GetString()!));
        var path = test.GetProperty("path").GetString();
        return new RoutePolicy(Patterns.Set([.. allow]), rawHeaders).Classify(path is null ? default : new RequestTarget(FixtureText.Read(path)));
    }

    private static PathClass Expected(JsonElement test) => test.GetProperty("expected").GetString() switch
    {
        "public" => PathClass.Public,
        "protected" => PathClass.Protected,
        "reject" => PathClass.Rejected,
        var other => throw new InvalidDataException($"Unknown class '{other}'."),
    };
}
