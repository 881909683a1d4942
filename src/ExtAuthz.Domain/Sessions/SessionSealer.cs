using System.Collections.Frozen;
using System.Collections.Immutable;
using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Domain.Sessions;

/// <summary>
/// Seals sessions so that browsers keep them: what is too large loses parts of its user, the least needed first. The id, the e-mail address
/// and the tokens always stay, and so does whatever AuthKit needs to read the session.
/// </summary>
public sealed class SessionSealer(ISessionCodec codec, SessionCookieSettings cookie)
{
    /// <summary>Bytes of a <c>cookie</c> header that the session may take. Many servers take 8 KB a header; the rest is for our other cookies.</summary>
    public const int Budget = 7 * 1024;

    private static readonly FrozenSet<string> Identity = FrozenSet.Create(StringComparer.Ordinal, "object", "id", "email", "emailVerified");

    private static readonly ImmutableArray<(UserPart LeftOut, Func<string, bool> Names)> Cuts =
    [
        (UserPart.Metadata, name => name is "metadata"),
        (UserPart.ProfilePicture, name => name is "metadata" or "profilePictureUrl"),
        (UserPart.Names, name => name is "metadata" or "profilePictureUrl" or "name" or "firstName" or "lastName"),
        (UserPart.Profile, name => !Identity.Contains(name)),
    ];

    /// <summary>Seals a session, whole or as much of it as can be kept.</summary>
    public SealedSessionFit Seal(Session session)
    {
        var sealedSession = codec.Seal(session);
        if (Length(sealedSession) <= Budget)
        {
            return new SealedSessionFit(sealedSession, session);
        }

        var (kept, length, leftOut) = (session, int.MaxValue, UserPart.Metadata);
        for (var i = 0; i < Cuts.Length && length > Budget; i++)
        {
            leftOut = Cuts[i].LeftOut;
            kept = session with { User = session.User?.Without(Cuts[i].Names) };
            sealedSession = codec.Seal(kept);
            length = Length(sealedSession);
        }

        return length is int.MaxValue
            ? new SealedSessionFit(sealedSession, kept) { IsTooLarge = true, Events = [new SessionEvent.TooLarge(sealedSession.Value.Length)] }
            : new SealedSessionFit(sealedSession, kept) { Events = [new SessionEvent.Trimmed(leftOut, length)] };
    }

    // A session that no cookies can hold is longer than any.
    private int Length(SealedSession session) => SessionChunks.Split(cookie, session) is { IsEmpty: false } cookies
        ? cookies.Sum(piece => piece.Name.Length + 1 + piece.Part.Value.Length + 2)
        : int.MaxValue;
}
