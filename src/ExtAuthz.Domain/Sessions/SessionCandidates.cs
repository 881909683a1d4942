using System.Collections.Immutable;
using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Domain.Sessions;

/// <summary>The cookies that bear the session's name; several mean another site of the domain set one too.</summary>
/// <param name="Count">How many there are; all chunks together are one.</param>
/// <param name="Values">Those whose value could be decoded. Empty when there are more than <see cref="MaxCount"/>.</param>
public readonly record struct SessionCandidates(int Count, ImmutableArray<SealedSession> Values)
{
    /// <summary>
    /// How many are considered. With more, none is: to read only the first ones would let a neighbour's site
    /// push the user's own session out and put another in its place.
    /// </summary>
    public const int MaxCount = 4;

    /// <summary>Whether two cookies claim to be the same chunk.</summary>
    public bool HasContradictoryChunks { get; private init; }

    /// <summary>Finds the cookies called <paramref name="name"/>, byte for byte, and its chunks if they are to be read.</summary>
    public static SessionCandidates Read(CookieHeader cookies, string name, bool readsChunks)
    {
        var (count, values) = (0, ImmutableArray<SealedSession>.Empty);
        ChunkedValue? chunks = null;
        foreach (var pair in cookies)
        {
            if (pair.Name.SequenceEqual(name))
            {
                if (++count <= MaxCount && CookieValue.Decode(pair.Value) is { } value)
                {
                    values = values.Add(new SealedSession(value));
                }
            }
            else if (readsChunks && SessionChunks.IndexOf(pair.Name, name) is >= 0 and var index)
            {
                chunks ??= new ChunkedValue();
                chunks.Add(index, CookieValue.Decode(pair.Value));
            }
        }

        if (chunks is not null && ++count <= MaxCount && chunks.Join() is { } joined)
        {
            values = values.Add(new SealedSession(joined));
        }

        return new SessionCandidates(count, count <= MaxCount ? values : []) { HasContradictoryChunks = chunks is { IsContradictory: true } };
    }
}
