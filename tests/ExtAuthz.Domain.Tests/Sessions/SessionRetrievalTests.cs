using System.Buffers.Text;
using System.Text;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Tests.Shared;

namespace ExtAuthz.Domain.Tests.Sessions;

public sealed class SessionRetrievalTests
{
    [Fact]
    public void No_cookie_of_the_name_is_no_session() => Retrieve("a=1; S=A-1").ShouldBeOfType<RetrievedSession.None>();

    [Theory]
    [InlineData("s=")]
    [InlineData("s=junk; s=%zz")]
    [InlineData("s=A-1; s=A-1; s=A-1; s=A-1; s=A-1")]
    [InlineData("s=B-1; s=junk; s=junk; s=junk; s=A-1")]
    public void Cookies_of_which_none_opens_or_that_are_too_many_are_unreadable(string header) => Retrieve(header).ShouldBeOfType<RetrievedSession.Unreadable>();

    [Theory]
    [InlineData("s=A-1", "A-1")]
    [InlineData("s=junk; s=A%2D1; s=%zz", "A-1")]
    [InlineData("s=A-1; s=A-3; s=A-2", "A-3")]
    [InlineData("s=A-1; s=A-1; s=A-1; s=A-1", "A-1")]
    public void The_newest_of_one_session_is_found(string header, string found) =>
        Retrieve(header).ShouldBeOfType<RetrievedSession.Found>().Sealed.ShouldBe(new SealedSession(found));

    [Theory]
    [InlineData("s=A-1; s=B-2")]
    [InlineData("s=A-1; s=A-2; s=B-1")]
    [InlineData("s=-1; s=-2")]
    public void Two_sessions_are_ambiguous(string header) => Retrieve(header).ShouldBeOfType<RetrievedSession.Ambiguous>();

    [Theory]
    [InlineData("s.0=A; s.1=-1", "A-1")]
    [InlineData("s.1=-; s.2=1; s.0=A", "A-1")]
    [InlineData("s.0=A%2D; s.1=1; s.4=7; S.2=7; s.20=7; s.=7", "A-1")]
    [InlineData("s.0=A; s.1=-1; s.0=A; s.0=%zz", "A-1")]
    [InlineData("s=A-1; s.0=A; s.1=-2", "A-2")]
    [InlineData("s=A-3; s.0=A; s.1=-2", "A-3")]
    [InlineData("s=A-1; s.0=jun; s.1=k", "A-1")]
    [InlineData("s=junk; s.0=A; s.1=-2", "A-2")]
    public void Chunks_are_one_more_cookie_of_the_session(string header, string found) =>
        RetrieveWithChunks(header).ShouldBeOfType<RetrievedSession.Found>().Sealed.ShouldBe(new SealedSession(found));

    [Theory]
    [InlineData("s.0=A; s.2=-1")]
    [InlineData("s.1=A-1")]
    [InlineData("s.0=; s.1=A-1")]
    [InlineData("s.0=%zz; s.1=A-1")]
    [InlineData("s=A-1; s=A-1; s=A-1; s=A-1; s.0=A-1")]
    public void Chunks_that_are_not_all_there_or_one_cookie_too_many_are_unreadable(string header) =>
        RetrieveWithChunks(header).ShouldBeOfType<RetrievedSession.Unreadable>();

    [Theory]
    [InlineData("s=A-1; s.0=B-2")]
    [InlineData("s.0=A; s.0=B; s.1=-1")]
    [InlineData("s=A-1; s.0=A; s.1=-1; s.1=-2")]
    public void Chunks_of_another_session_and_chunks_that_contradict_each_other_are_ambiguous(string header) =>
        RetrieveWithChunks(header).ShouldBeOfType<RetrievedSession.Ambiguous>();

    [Theory]
    [InlineData("S.0=A-1")]
    [InlineData("s.4=A-1")]
    [InlineData("s.00=A-1")]
    [InlineData("s.0 =A-1")]
    [InlineData("\u00A0s.0=A-1")]
    [InlineData("s.\u0660=A-1")]
    public void Names_that_only_resemble_a_chunk_are_no_cookie_of_ours(string header) => RetrieveWithChunks(header).ShouldBeOfType<RetrievedSession.None>();

    [Fact]
    public void Without_chunking_a_chunk_is_no_cookie_of_ours() => Retrieve("s.0=A-1").ShouldBeOfType<RetrievedSession.None>();

    private static RetrievedSession RetrieveWithChunks(string header) => ForgetfulRetrieval.Of(new ReadableCodec(), "s", readsChunks: true).Retrieve(new CookieHeader([header]));

    private static RetrievedSession Retrieve(string header) => ForgetfulRetrieval.Of(new ReadableCodec(), "s").Retrieve(new CookieHeader([header]));

    /// <summary>Opens <c>sid-iat</c>; without a sid the token names no session.</summary>
    private sealed class ReadableCodec : ISessionCodec
    {
        public Session? Unseal(SealedSession value)
        {
            if (value.Value.Split('-') is not [var sid, var issuedAt])
            {
                return null;
            }

            var claims = sid.Length > 0 ? $$"""{"sid":"{{sid}}","iat":{{issuedAt}}}""" : $$"""{"iat":{{issuedAt}}}""";
            var token = $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.x";
            return new Session(new AccessToken(token), new RefreshToken("r"), User: null, Impersonator: null, AuthenticationMethod: null);
        }

        public SealedSession Seal(Session session) => throw new NotSupportedException();

        public SealedSession SealWithoutRefreshToken(Session session) => throw new NotSupportedException();

        public SealedState SealState(SignInState state, TimeSpan lifetime) => throw new NotSupportedException();

        public SignInState? UnsealState(SealedState value) => throw new NotSupportedException();

        public SignInState? UnsealLateState(SealedState value) => throw new NotSupportedException();
    }
}
