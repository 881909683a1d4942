using System.Buffers.Text;
using System.Text.Json;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Tests.Shared;

namespace ExtAuthz.Server.Tests.Sessions;

/// <summary>Damaged and forged seals (the <c>seal_mutations</c> of corpus/cookies.json).</summary>
public sealed class SealMutationConformanceTests
{
    private static readonly JsonDocument Corpus = FixtureFolder.Open("corpus/cookies.json");
    private static readonly IReadOnlyList<JsonElement> Listed = Corpus.RootElement.Items("seal_mutations");

    public static IEnumerable<TheoryDataRow<int>> Cases() => Listed.Select((listed, i) => new TheoryDataRow<int>(i)
    {
        TestDisplayName = $"{listed.GetProperty("id").GetString()} {listed.GetProperty("op").GetString()}",
    });

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mutated_seal_gives_the_expected_session(int index)
    {
        var listed = Listed[index];
        var seal = SealMutation.Apply(listed.GetProperty("op").GetString()!, Seals.Codec().Seal(Seals.Session()).Value);

        var session = Seals.Codec().Unseal(new SealedSession(seal));

        (session is not null && BelongsToItsUser(session) ? "session" : "none").ShouldBe(listed.GetProperty("expected").GetString());
    }

    // The codec does not look into tokens; a session whose user is not the token's subject is refused when the token is verified.
    private static bool BelongsToItsUser(Session session)
    {
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(session.AccessToken.Value.Split('.')[1]));
        return payload.RootElement.GetProperty("sub").ValueEquals(session.User?.Id);
    }
}
