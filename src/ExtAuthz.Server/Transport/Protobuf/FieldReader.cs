namespace ExtAuthz.Server.Transport.Protobuf;

/// <summary>
/// Reads the fields of one protobuf message where they lie (protobuf.dev, "Encoding"). A message is a row of
/// <c>tag value</c>, the tag being <c>field number &lt;&lt; 3 | wire type</c>. It accepts what the generated parsers accept.
/// </summary>
internal ref struct FieldReader(ReadOnlySpan<byte> message)
{
    private const int DeepestGroup = 64;
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The tag of the field just read.</summary>
    public uint Tag { get; private set; }

    /// <summary>The value of the field just read, when it is length-delimited.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Whether reading ended for a fault rather than at the end.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Goes to the next field; false at the end or at a fault.</summary>
    public bool Read()
    {
        if (_rest.IsEmpty || IsMalformed)
        {
            return false;
        }

        IsMalformed = !TryReadTag(out var tag) || !TryReadValue(tag, depth: 0);
        Tag = tag;
        return !IsMalformed;
    }

    private bool TryReadTag(out uint tag)
    {
        var read = TryReadVarint(out var value);
        tag = (uint)value;
        return read && tag >> 3 != 0;
    }

    private bool TryReadValue(uint tag, int depth) => (tag & 7) switch
    {
        0 => TryReadVarint(out _),
        1 => TryTake(sizeof(ulong)),
        2 => TryReadVarint(out var length) && TryTake((uint)length),
        3 => TrySkipGroup(tag >> 3, depth),
        5 => TryTake(sizeof(uint)),
        _ => false, // 4 ends a group that is not open, 6 and 7 do not exist
    };

    private bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < _rest.Length && i < 10; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private bool TryTake(uint length)
    {
        if (length > _rest.Length)
        {
            return false;
        }

        Value = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    private bool TrySkipGroup(uint number, int depth)
    {
        while (depth < DeepestGroup && TryReadTag(out var tag))
        {
            if ((tag & 7) == 4)
            {
                return tag >> 3 == number;
            }

            if (!TryReadValue(tag, depth + 1))
            {
                return false;
            }
        }

        return false;
    }
}
