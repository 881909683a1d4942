using System.Collections.Immutable;

namespace ExtAuthz.Domain.Routes;

/// <summary>
/// Decides by the path alone how recently a user must have signed in. A list of public paths is read narrowly, this one widely: a path counts
/// as listed when any upstream might read it so, in another case, percent-encoded, or in a way on which servers differ.
/// </summary>
/// <param name="rules">The rules; where several match, the strictest counts.</param>
public sealed class RecentAuthenticationPolicy(params ImmutableArray<RecentAuthenticationRule> rules)
{
    /// <summary>How long ago the user may have signed in; null when that does not matter here.</summary>
    /// <param name="target">The request target as Envoy reports it.</param>
    /// <param name="hasRawHeaders">Whether Envoy sent bytes as they arrived; otherwise <c>!</c> may stand for any byte.</param>
    public TimeSpan? MaxAgeOf(RequestTarget target, bool hasRawHeaders)
    {
        if (rules.IsEmpty)
        {
            return null;
        }

        var isAmbiguous = PathShapeReader.Read(target) is not PathShape.Plain || (!hasRawHeaders && target.Path.Contains('!'));
        var canonical = PathPattern.PercentEncode(PercentTriplet.DecodeOnce(target.Path.ToCharArray()).ToArray());
        TimeSpan? strictest = null;
        foreach (var rule in rules)
        {
            if ((isAmbiguous || rule.Paths.Matches(target.Path) || rule.Paths.Matches(canonical)) && !(rule.MaxAge >= strictest))
            {
                strictest = rule.MaxAge;
            }
        }

        return strictest;
    }
}
