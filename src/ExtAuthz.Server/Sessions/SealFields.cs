using System.Buffers;

namespace ExtAuthz.Server.Sessions;

/// <summary>
/// The fields of a seal. Their lengths are checked, their contents are not.
/// <code>Fe26.2*id*salt*iv*ciphertext*expiration*macSalt*mac~2</code>
/// </summary>
internal readonly ref struct SealFields
{
    private const int Count = 8;
    private const int SaltLength = 64; // 32 bytes in hex
    private const int IvLength = 22; // 16 bytes in base64url
    private const int MacLength = 43; // 32 bytes in base64url

    // RFC 3986 section 2.3: what may stand in a cookie and in a URL without being encoded.
    private static readonly SearchValues<byte> Unreserved = SearchValues.Create("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~"u8);

    /// <summary>Says which password sealed.</summary>
    public required ReadOnlySpan<byte> PasswordId { get; init; }

    /// <summary>Salt of the encryption key, used as text.</summary>
    public required ReadOnlySpan<byte> Salt { get; init; }

    /// <summary>Initialisation vector in base64url.</summary>
    public required ReadOnlySpan<byte> Iv { get; init; }

    /// <summary>Ciphertext in base64url.</summary>
    public required ReadOnlySpan<byte> Ciphertext { get; init; }

    /// <summary>Empty, or milliseconds since 1970.</summary>
    public required ReadOnlySpan<byte> Expiration { get; init; }

    /// <summary>Salt of the MAC key, used as text.</summary>
    public required ReadOnlySpan<byte> MacSalt { get; init; }

    /// <summary>The MAC in base64url.</summary>
    public required ReadOnlySpan<byte> Mac { get; init; }

    /// <summary>What the MAC covers: all from the prefix to the expiration.</summary>
    public required ReadOnlySpan<byte> Signed { get; init; }

    /// <summary>Splits a seal; false when it has not the shape of one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out SealFields fields)
    {
        fields = default;
        var tilde = text.IndexOf((byte)'~');
        if (tilde < 0 || !IsVersion2(text[(tilde + 1)..]))
        {
            return false;
        }

        Span<Range> at = stackalloc Range[Count];
        var count = 0;
        foreach (var range in text[..tilde].Split((byte)'*'))
        {
            if (count == Count)
            {
                return false;
            }

            at[count++] = range;
        }

        if (count < Count || !text[at[0]].SequenceEqual("Fe26.2"u8))
        {
            return false;
        }

        fields = new SealFields
        {
            PasswordId = text[at[1]],
            Salt = text[at[2]],
            Iv = text[at[3]],
            Ciphertext = text[at[4]],
            Expiration = text[at[5]],
            MacSalt = text[at[6]],
            Mac = text[at[7]],
            Signed = text[..at[5].End.Value],
        };
        return fields is { Salt.Length: SaltLength, Iv.Length: IvLength, MacSalt.Length: SaltLength, Mac.Length: MacLength };
    }

    // AuthKit reads the suffix as a number and ignores what follows it. It stands outside the MAC, so it may only refuse.
    private static bool IsVersion2(ReadOnlySpan<byte> suffix)
    {
        var number = suffix.TrimStart((byte)'0');
        return number is [(byte)'2'] || (number is [(byte)'2', < (byte)'0' or > (byte)'9', ..] && !number.ContainsAnyExcept(Unreserved));
    }
}
