using System.Collections.Immutable;
using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Domain.Sessions;

/// <summary>The cookies that bear the session's name; several mean another site of the domain set one too.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Values">Those whose value could be decoded. Empty when there are more than <see cref="MaxCount"/>.</param>
public readonly record struct SessionCandidates(int Count, ImmutableArray<SealedSession> Values)
{
    /// <summary>
    /// How many are considered. With more, none is: to read only the first ones would let a neighbour's site
    /// push the user's own session out and put another in its place.
    /// </summary>
    public const int MaxCount = 4;

    /// <summary>Finds the cookies called <paramref name="name"/>, byte for byte.</summary>
    public static SessionCandidates Read(CookieHeader cookies, string name)
    {
        var (count, values) = (0, ImmutableArray<SealedSession>.Empty);
        foreach (var pair in cookies)
        {
            if (pair.Name.SequenceEqual(name) && ++count <= MaxCount && CookieValue.Decode(pair.Value) is { } value)
            {
                values = values.Add(new SealedSession(value));
            }
        }

        return new SessionCandidates(count, count <= MaxCount ? values : []);
    }
}
