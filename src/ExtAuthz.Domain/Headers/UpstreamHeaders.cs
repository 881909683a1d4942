using System.Collections.Immutable;

namespace ExtAuthz.Domain.Headers;

/// <summary>
/// What changes on the way to the upstream. A name is set or removed, never both:
/// Envoy removes after it sets, so a name in both lists would be lost.
/// </summary>
public sealed class UpstreamHeaders
{
    private UpstreamHeaders(ImmutableArray<HeaderValue> set, ImmutableArray<string> remove)
    {
        Set = set;
        Remove = remove;
    }

    /// <summary>Nothing changes.</summary>
    public static UpstreamHeaders Unchanged { get; } = new([], []);

    /// <summary>Headers that overwrite whatever the client sent.</summary>
    public ImmutableArray<HeaderValue> Set { get; }

    /// <summary>Names to remove, as the client spelled them.</summary>
    public ImmutableArray<string> Remove { get; }

    /// <summary>These changes and some headers set besides.</summary>
    /// <exception cref="ArgumentException">A name has a change already: a bug of ours.</exception>
    public UpstreamHeaders With(params ReadOnlySpan<HeaderValue> headers)
    {
        var set = ImmutableArray.CreateBuilder<HeaderValue>(Set.Length + headers.Length);
        set.AddRange(Set);
        foreach (var header in headers)
        {
            if (Sets(set, header.Name) || Removes(Remove, header.Name))
            {
                throw new ArgumentException($"The header '{header.Name}' has two changes.", nameof(headers));
            }

            set.Add(header);
        }

        return new UpstreamHeaders(set.MoveToImmutable(), Remove);
    }

    /// <summary>These changes and the removal of names that are neither set nor removed yet.</summary>
    public UpstreamHeaders Without(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return this;
        }

        var remove = Remove.ToBuilder();
        foreach (var name in names)
        {
            if (!Sets(Set, name) && !Removes(remove, name))
            {
                remove.Add(name);
            }
        }

        return new UpstreamHeaders(Set, remove.ToImmutable());
    }

    private static bool Sets(IReadOnlyList<HeaderValue> set, string name)
    {
        for (var i = 0; i < set.Count; i++)
        {
            if (set[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Removes(IReadOnlyList<string> remove, string name)
    {
        for (var i = 0; i < remove.Count; i++)
        {
            if (remove[i].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
