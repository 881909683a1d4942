using System.Text;
using System.Text.Json;
using ExtAuthz.Domain;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Server.Sessions;
using ExtAuthz.Tests.Shared;

namespace ExtAuthz.Server.Tests.Sessions;

/// <summary>Seals that the real libraries made, and what each should open to (fixtures/seal.json).</summary>
public sealed class SealConformanceTests
{
    private static readonly JsonDocument Recorded = FixtureFolder.Open("fixtures/seal.json");
    private static readonly IReadOnlyList<JsonElement> Fixtures = Recorded.RootElement.Items("fixtures");

    /// <summary>When a case without a clock of its own was recorded.</summary>
    private static readonly DateTimeOffset RecordedAt = new(2026, 11, 22, 5, 0, 0, TimeSpan.Zero);

    /// <summary>Faults that only the content has; with every other one not even the seal opens.</summary>
    private static readonly string[] ContentFaults = ["json", "empty", "not-a-session"];

    public static IEnumerable<TheoryDataRow<int>> Cases() =>
        Fixtures.Select((fixture, i) => new TheoryDataRow<int>(i) { TestDisplayName = fixture.GetProperty("name").GetString() });

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_recorded_seal_opens_as_expected(int index)
    {
        var fixture = Fixtures[index];
        var expect = fixture.GetProperty("expect");
        var (content, session, state) = Open(fixture);
        switch (expect.GetProperty("ok").ValueKind)
        {
            case JsonValueKind.True:
                content.ShouldNotBeNull();
                if (expect.TryGetProperty("payload", out var payload))
                {
                    using var opened = JsonDocument.Parse(content);
                    JsonElement.DeepEquals(opened.RootElement, payload).ShouldBeTrue();
                }

                ShouldBeReadAsWhatItIs(content, session, state);
                break;
            case JsonValueKind.False:
                session.ShouldBeNull();
                state.ShouldBeNull();
                (content is null).ShouldBe(!ContentFaults.Contains(expect.GetProperty("reason").GetString(), StringComparer.Ordinal));
                break;
            default: // the libraries disagree: what may only be refused is refused, the rest must not throw
                (session is null || !expect.GetProperty("recommend").GetString()!.StartsWith("reject", StringComparison.Ordinal)).ShouldBeTrue();
                break;
        }
    }

    [Fact]
    public void The_worked_example_is_sealed_to_the_letter()
    {
        var example = Recorded.RootElement.GetProperty("workedExample");
        string Text(string name) => example.GetProperty(name).GetString()!;
        var random = new ScriptedRandom(Convert.FromHexString(Text("encSalt") + Text("macSalt") + Text("ivHex")));
        var iron = Seals.Iron(new Dictionary<int, string> { [1] = Text("password") }, random: random);

        iron.Seal(Encoding.UTF8.GetBytes(Text("plaintext")), lifetime: null).ShouldBe(Text("sealed"));
        iron.Open<string>(Text("sealed"), Encoding.UTF8.GetString).ShouldBe(Text("plaintext"));
    }

    private static void ShouldBeReadAsWhatItIs(string content, Session? session, SignInState? state)
    {
        using var document = JsonDocument.Parse(content);
        bool Has(string name) => document.RootElement.TryGetProperty(name, out _);
        (session is not null).ShouldBe(Has("accessToken") && Has("refreshToken"));
        (state is not null).ShouldBe(Has("nonce") && Has("codeVerifier"));

        string[] written = ["accessToken", "refreshToken", "user", "impersonator", "authenticationMethod"];
        var names = document.RootElement.EnumerateObject().Select(member => member.Name).ToArray();
        if (session is not null && names.SequenceEqual(written.Intersect(names, StringComparer.Ordinal), StringComparer.Ordinal))
        {
            Encoding.UTF8.GetString(SessionJson.Write(session, withRefreshToken: true)).ShouldBe(content, "what JSON.stringify wrote");
        }
    }

    private static (string? Content, Session? Session, SignInState? State) Open(JsonElement fixture)
    {
        var now = fixture.TryGetProperty("nowMs", out var milliseconds) ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.GetInt64()) : RecordedAt;
        var password = fixture.TryGetProperty("readPassword", out var read) ? read : fixture.GetProperty("password");
        var passwords = password.ValueKind is JsonValueKind.Object
            ? password.EnumerateObject().ToDictionary(entry => int.Parse(entry.Name), entry => entry.Value.GetString()!)
            : new Dictionary<int, string> { [1] = password.GetString()! };
        if (passwords.Values.Any(secret => secret.Length < PasswordRing.MinLength))
        {
            Should.Throw<ArgumentException>(() => new PasswordRing(passwords));
            return default;
        }

        var iron = Seals.Iron(passwords, now);
        var codec = new IronSessionCodec(iron);
        var value = fixture.GetProperty("sealed").GetString()!;
        return (iron.Open<string>(value, Encoding.UTF8.GetString), codec.Unseal(new SealedSession(value)), codec.UnsealState(new SealedState(value)));
    }

    /// <summary>Gives the bytes of a script, in the order asked for.</summary>
    private sealed class ScriptedRandom(byte[] script) : IRandomSource
    {
        private int _position;

        public void Fill(Span<byte> destination)
        {
            script.AsSpan(_position, destination.Length).CopyTo(destination);
            _position += destination.Length;
        }
    }
}
