using System.Text.Json;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Server.Sessions;
using ExtAuthz.Tests.Shared;

namespace ExtAuthz.Server.Tests.Sessions;

/// <summary>Hostile cookie headers, and which of their values is the session (corpus/cookies.json).</summary>
public sealed class CookieConformanceTests
{
    private const string OldPassword = "the password before: also at least 32 characters";
    private static readonly JsonDocument Corpus = FixtureFolder.Open("corpus/cookies.json");
    private static readonly IReadOnlyList<JsonElement> Listed = Corpus.RootElement.Items("cases");
    private static readonly IronSessionCodec Codec = new(Seals.Iron(new Dictionary<int, string> { [1] = OldPassword, [2] = Seals.Password }));
    private static readonly Dictionary<string, string> Placeholders = Seal();

    public static IEnumerable<TheoryDataRow<int>> Cases() => Listed.Select((listed, i) => new TheoryDataRow<int>(i)
    {
        TestDisplayName = $"{listed.GetProperty("id").GetString()} {listed.GetProperty("why").GetString()}",
    });

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_cookie_header_gives_the_expected_session(int index)
    {
        var listed = Listed[index];
        var header = listed.GetProperty("cookie_header").GetString();
        var retrieval = ForgetfulRetrieval.Of(Codec, listed.GetProperty("cookie_name").GetString()!);

        var result = retrieval.Retrieve(new CookieHeader(header is null ? [] : [Fill(FixtureText.Read(header))]));

        var seen = result switch
        {
            RetrievedSession.Found found => Placeholders.Single(placeholder => string.Equals(placeholder.Value, found.Sealed.Value, StringComparison.Ordinal)).Key,
            RetrievedSession.Ambiguous => "ambiguous",
            _ => "none",
        };
        seen.ShouldBe(listed.GetProperty("expected").GetString());
    }

    private static string Fill(string text) =>
        Placeholders.Aggregate(text, (filled, placeholder) => filled.Replace(placeholder.Key, placeholder.Value, StringComparison.Ordinal));

    private static Dictionary<string, string> Seal()
    {
        var good = Codec.Seal(Seals.Session()).Value;
        var old = new IronSessionCodec(Seals.Iron(new Dictionary<int, string> { [1] = OldPassword }));
        var foreign = new IronSessionCodec(Seals.Iron(new Dictionary<int, string> { [2] = "a password of another environment, 32 characters" }));
        return new(StringComparer.Ordinal)
        {
            ["{A}"] = good,
            ["{A_OLD}"] = Codec.Seal(Seals.Session(age: TimeSpan.FromMinutes(2))).Value,
            ["{B}"] = Codec.Seal(Seals.Session("session_B")).Value,
            ["{EXP}"] = Codec.Seal(Seals.Session(age: TimeSpan.FromHours(1))).Value,
            ["{OLDKEY}"] = old.Seal(Seals.Session(age: TimeSpan.FromMinutes(3))).Value,
            ["{BAD}"] = SealMutation.Apply("part7 flip first character", good),
            ["{OTHERKEY}"] = foreign.Seal(Seals.Session()).Value,
            ["{STATE}"] = Codec.SealState(new SignInState("nonce", "verifier", "/"), TimeSpan.FromMinutes(10)).Value,
            ["{A_NOVER}"] = good[..^2],
        };
    }
}
