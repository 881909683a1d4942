using System.Text;
using System.Text.Json;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.EndToEnd.Scripts;
using ExtAuthz.Server.Sessions;
using FsCheck;
using FsCheck.Fluent;

namespace ExtAuthz.Server.Tests.Sessions;

/// <summary>Our codec and npm's iron-session open each other's seals of random sessions, to the same bytes of JSON.</summary>
public sealed class IronSessionInteroperabilityTests
{
    private const int Sessions = 1_000;

    private static readonly Gen<string> Text = ArbMap.Default.GeneratorFor<string>().Select(text => $"\u2028{text}");

    private static readonly Gen<Session> RandomSession =
        from token in Text
        from id in Text
        from email in Text
        from reason in Text.OrNull()
        from method in Text.OrNull()
        select new Session(
            new AccessToken(token),
            new RefreshToken(token + email),
            new SessionUser(id, email, $$"""{"object":"user","id":{{Json(id)}},"email":{{Json(email)}},"firstName":null}"""),
            reason is null ? null : new Impersonator(email, method),
            method);

    private readonly IronSessionCodec _codec = Seals.Codec();

    [Fact]
    public async Task A_thousand_random_sessions_open_on_both_sides()
    {
        var folder = Directory.CreateTempSubdirectory("extauthz-seals-");
        try
        {
            var (ours, theirs) = (Path.Combine(folder.FullName, "ours.json"), Path.Combine(folder.FullName, "theirs.json"));
            await File.WriteAllTextAsync(ours, JsonSerializer.Serialize(RandomSeals()), TestContext.Current.CancellationToken);

            var result = await NodeScript.RunAsync("iron-session-8.mjs", Seals.Password, ours, theirs);

            result.ExitCode.ShouldBe(0, result.Output);
            var seals = JsonSerializer.Deserialize<string[][]>(await File.ReadAllTextAsync(theirs, TestContext.Current.CancellationToken)).ShouldNotBeNull();
            seals.Length.ShouldBe(Sessions);
            seals.ShouldAllBe(pair => Content(_codec.Unseal(new SealedSession(pair[0]))!) == pair[1]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private string[][] RandomSeals() =>
        [.. RandomSession.Sample(Sessions).Select(session => new[] { _codec.Seal(session).Value, Content(session) })];

    private static string Content(Session session) => Encoding.UTF8.GetString(SessionJson.Write(session, withRefreshToken: true));

    private static StringBuilder Json(string text) => new StringBuilder().AppendString(text);
}
