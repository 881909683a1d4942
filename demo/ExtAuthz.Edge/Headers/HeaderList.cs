using System.Collections.Immutable;

namespace ExtAuthz.Edge.Headers;

/// <summary>Envoy's header map: lower-case names, lines in order, <c>host</c> as another spelling of <c>:authority</c>.</summary>
internal sealed class HeaderList(ImmutableArray<Header> lines)
{
    public static HeaderList Empty { get; } = new([]);

    public ImmutableArray<Header> Lines => lines;

    /// <summary>The bytes of all names and values, as <c>max_request_headers_kb</c> counts them.</summary>
    public int ByteSize => lines.Sum(line => line.Name.Length + line.Value.Length);

    /// <summary>The first value of a header, or null.</summary>
    public string? this[string name] => IndexOf(name) is >= 0 and var index ? lines[index].Value : null;

    public static HeaderList From(IEnumerable<Header> lines) =>
        new([.. lines.Select(line => line with { Name = Canonical(line.Name) })]);

    public bool Contains(string name) => IndexOf(name) >= 0;

    /// <summary>Adds one more line (<c>addCopy</c>).</summary>
    public HeaderList Add(string name, string value) => new(lines.Add(new Header(Canonical(name), value)));

    /// <summary>Removes every line of the name and adds this one (<c>setCopy</c>).</summary>
    public HeaderList Set(string name, string value) => Remove(name).Add(name, value);

    /// <summary>Joins the value to the first line of the name; without such a line nothing happens (<c>appendCopy</c>).</summary>
    public HeaderList AppendToExisting(string name, string value)
    {
        var index = IndexOf(name);
        if (index < 0)
        {
            return this;
        }

        var (key, existing) = lines[index];
        return new(lines.SetItem(index, new Header(key, existing + (key is "cookie" ? "; " : ",") + value)));
    }

    /// <summary>Removes every line of the name.</summary>
    public HeaderList Remove(string name)
    {
        var canonical = Canonical(name);
        return Where(line => !line.Name.Equals(canonical, StringComparison.Ordinal));
    }

    public HeaderList Where(Func<Header, bool> keep) => new([.. lines.Where(keep)]);

    private static string Canonical(string name)
    {
        var lower = name.ToLowerInvariant();
        return lower is "host" ? ":authority" : lower;
    }

    private int IndexOf(string name)
    {
        var canonical = Canonical(name);
        for (var index = 0; index < lines.Length; index++)
        {
            if (lines[index].Name.Equals(canonical, StringComparison.Ordinal))
            {
                return index;
            }
        }

        return -1;
    }
}
