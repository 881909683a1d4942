using System.Buffers.Text;
using System.Text.Json;
using ExtAuthz.Domain;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace ExtAuthz.Server.Tests.Sessions;

/// <summary>Codecs and sessions to test with.</summary>
internal static class Seals
{
    public const string Password = "a cookie password of at least 32 characters";
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static IronSeal Iron(IReadOnlyDictionary<int, string> passwords, DateTimeOffset? now = null, IRandomSource? random = null) =>
        new(new PasswordRing(passwords), new FakeTimeProvider(now ?? Now), random ?? new SystemRandomSource());

    public static IronSeal Iron(string password = Password, DateTimeOffset? now = null) => Iron(new Dictionary<int, string> { [1] = password }, now);

    public static IronSessionCodec Codec(string password = Password, DateTimeOffset? now = null) => new(Iron(password, now));

    public static Session Session(string sid = "session_A", TimeSpan age = default, string user = "user_1", string subject = "user_1") => new(
        Token(new { sid, sub = subject, iat = (Now - age).ToUnixTimeSeconds(), exp = (Now - age).AddMinutes(5).ToUnixTimeSeconds() }),
        new RefreshToken($"refresh {sid} {age}"),
        new SessionUser(user, "ada@example.com", $$"""{"id":"{{user}}","email":"ada@example.com"}"""),
        Impersonator: null,
        AuthenticationMethod: "Password");

    /// <summary>A token that nobody signed.</summary>
    public static AccessToken Token(object claims) => new($"e30.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}.x");
}
