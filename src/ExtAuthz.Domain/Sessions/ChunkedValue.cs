using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Domain.Sessions;

/// <summary>Puts the chunks of a session cookie together, in whatever order they come.</summary>
internal sealed class ChunkedValue
{
    private readonly string?[] _parts = new string?[SessionChunks.MaxCount];

    /// <summary>Whether a chunk came twice with different values. To try every combination would be the sender's choice of our work.</summary>
    public bool IsContradictory { get; private set; }

    /// <summary>Adds a chunk; one that could not be decoded is as good as none.</summary>
    public void Add(int index, string? part)
    {
        IsContradictory |= part is not null && _parts[index] is { } known && !string.Equals(known, part, StringComparison.Ordinal);
        _parts[index] ??= part;
    }

    /// <summary>The chunks up to the first that is missing; null without the first of all.</summary>
    public string? Join() => string.Concat(_parts.TakeWhile(part => part is { Length: > 0 })) is { Length: > 0 } value ? value : null;
}
