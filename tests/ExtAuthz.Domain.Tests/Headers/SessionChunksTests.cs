using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;
using FsCheck;
using FsCheck.Fluent;

namespace ExtAuthz.Domain.Tests.Headers;

public sealed class SessionChunksTests
{
    private static readonly SessionCookieSettings Settings = new("wos-session", null, TimeSpan.FromDays(400), SameSite.Lax, Secure: true);
    private static readonly int Room = 4096 - "wos-session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=34560000; Secure".Length;

    [Fact]
    public void A_cookie_of_4096_bytes_is_whole_and_one_of_4097_is_two()
    {
        Split(new string('a', Room)).ShouldBe([("wos-session", new SealedSession(new string('a', Room)))]);
        Split(new string('a', Room - 2) + "bcd").ShouldBe(
            [("wos-session.0", new SealedSession(new string('a', Room - 2))), ("wos-session.1", new SealedSession("bcd"))]);
    }

    [Fact]
    public void More_than_four_chunks_are_none()
    {
        Split(new string('a', 4 * (Room - 2))).Select(piece => piece.Name).ShouldBe(["wos-session.0", "wos-session.1", "wos-session.2", "wos-session.3"]);
        Split(new string('a', (4 * (Room - 2)) + 1)).ShouldBeEmpty();
    }

    [Fact]
    public void Without_chunking_a_session_is_whole_or_not_at_all()
    {
        SessionChunks.Split(Settings with { Chunking = false }, new SealedSession(new string('a', Room))).Length.ShouldBe(1);
        SessionChunks.Split(Settings with { Chunking = false }, new SealedSession(new string('a', Room + 1))).ShouldBeEmpty();
    }

    [Fact]
    public void A_name_that_leaves_no_room_holds_nothing() =>
        SessionChunks.Split(Settings with { Name = new string('n', 4096) }, new SealedSession("a")).ShouldBeEmpty();

    [Fact]
    public void Whatever_the_length_and_the_attributes_every_cookie_fits_and_the_parts_are_the_whole() => Prop.ForAll<PositiveInt, PositiveInt, bool>((length, domain, secure) =>
    {
        var settings = Settings with { Domain = new string('d', 1 + (domain.Get % 200)), Secure = secure };
        var value = string.Concat(Enumerable.Range(0, length.Get * 97 % 15_000).Select(i => (char)('a' + (i % 26))));
        var pieces = SessionChunks.Split(settings, new SealedSession(value));
        return string.Concat(pieces.Select(piece => piece.Part.Value)).Equals(value, StringComparison.Ordinal)
            && pieces.All(piece => SetCookie.Session(settings with { Name = piece.Name }, piece.Part).Length <= 4096);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("s.0", 0)]
    [InlineData("s.3", 3)]
    [InlineData("s.4", -1)]
    [InlineData("S.0", -1)]
    [InlineData("s.", -1)]
    [InlineData("s.00", -1)]
    [InlineData("s-0", -1)]
    [InlineData("t.0", -1)]
    [InlineData(".0", -1)]
    [InlineData("", -1)]
    [InlineData("s./", -1)]
    public void A_chunk_is_known_by_its_name(string name, int index) => SessionChunks.IndexOf(name, "s").ShouldBe(index);

    private static (string Name, SealedSession Part)[] Split(string value) => [.. SessionChunks.Split(Settings, new SealedSession(value))];
}
