using System.Text.Json;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.EndToEnd.Scripts;
using ExtAuthz.Tests.Shared;

namespace ExtAuthz.Server.Tests.Sessions;

/// <summary>iron-session 9 itself reads the chunks that we write, and we read its own.</summary>
public sealed class IronSessionChunkTests
{
    private const string CookieName = "wos-session";
    private static readonly SessionCookieSettings Settings = new(CookieName, null, TimeSpan.FromDays(400), SameSite.Lax, Secure: true);

    // Seals grow by a third over what they hold: from one cookie to four chunks, with the seams in between.
    private static readonly int[] Sizes = [0, 100, .. Enumerable.Range(0, 40).Select(i => 2500 + (i * 200)), 10_900];

    [Fact]
    public async Task Chunks_of_either_side_open_on_the_other()
    {
        var file = Path.GetTempFileName();
        try
        {
            var input = new { password = Seals.Password, cookieName = CookieName, headers = Sizes.Select(Ours), sizes = Sizes };
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(input), TestContext.Current.CancellationToken);

            var result = await NodeScript.RunAsync("iron-session-9.mjs", file);

            result.ExitCode.ShouldBe(0, result.Output);
            var answer = JsonElement.Parse(result.Output);
            answer.GetProperty("opened").EnumerateArray().Select(session => JsonSerializer.Serialize(session)).ShouldBe(Sizes.Select(Content));
            answer.GetProperty("written").EnumerateArray().Select(header => Opened(header.GetString()!)).ShouldBe(Sizes.Select(Content));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Ours(int size)
    {
        var session = new Session(new AccessToken($"token-{size}"), new RefreshToken("refresh"), new SessionUser("user_1", "ada@example.com", User(size)), Impersonator: null, AuthenticationMethod: null);
        return string.Join("; ", SessionChunks.Split(Settings, Seals.Codec().Seal(session)).Select(piece => $"{piece.Name}={piece.Part.Value}"));
    }

    // Seals of iron-session 9 without an end are opened at any time, so the fixed clock of the tests does no harm.
    private static string Opened(string header)
    {
        var found = ForgetfulRetrieval.Of(Seals.Codec(), CookieName, readsChunks: true).Retrieve(new CookieHeader([header])).ShouldBeOfType<RetrievedSession.Found>();
        return $$"""{"accessToken":"{{found.Session.AccessToken.Value}}","refreshToken":"{{found.Session.RefreshToken.Value}}","user":{{found.Session.User!.Json}}}""";
    }

    private static string Content(int size) => $$"""{"accessToken":"token-{{size}}","refreshToken":"refresh","user":{{User(size)}}}""";

    private static string User(int size) => $$$"""{"object":"user","id":"user_1","email":"ada@example.com","metadata":{"a":"{{{new string('x', size)}}}"}}""";
}
