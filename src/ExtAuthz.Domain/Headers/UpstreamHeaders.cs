using System.Collections.Immutable;

namespace ExtAuthz.Domain.Headers;

/// <summary>
/// What changes on the way to the upstream. A name is set or removed, never both:
/// Envoy removes after it sets, so a name in both lists would be lost.
/// </summary>
public sealed class UpstreamHeaders
{
    /// <summary>Takes the changes and refuses two for one name.</summary>
    /// <param name="set">Headers that overwrite whatever the client sent.</param>
    /// <param name="remove">Names to remove.</param>
    /// <exception cref="ArgumentException">A name has two changes: a bug of ours.</exception>
    public UpstreamHeaders(ImmutableArray<HeaderValue> set, ImmutableArray<string> remove)
    {
        for (var i = 0; i < set.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (set[j].Name.Equals(set[i].Name, StringComparison.OrdinalIgnoreCase))
                {
                    throw new ArgumentException($"The header '{set[i].Name}' is set twice.", nameof(set));
                }
            }

            foreach (var name in remove)
            {
                if (name.Equals(set[i].Name, StringComparison.OrdinalIgnoreCase))
                {
                    throw new ArgumentException($"The header '{name}' is both set and removed.", nameof(remove));
                }
            }
        }

        Set = set;
        Remove = remove;
    }

    /// <summary>Headers that overwrite whatever the client sent.</summary>
    public ImmutableArray<HeaderValue> Set { get; }

    /// <summary>Names to remove, as the client spelled them.</summary>
    public ImmutableArray<string> Remove { get; }
}
