using System.Text;

namespace ExtAuthz.Server.Tokens;

/// <summary>
/// A signed token in compact form (RFC 7515 section 7.1) whose parts could be read; nothing in it is believed yet.
/// <code>BASE64URL(header) "." BASE64URL(payload) "." BASE64URL(signature)</code>
/// </summary>
internal sealed class JsonWebToken
{
    private const int HeaderDepth = 8;
    private const int PayloadDepth = 16;
    private static readonly ClaimNames WorkOSNames = new();

    /// <summary>The first part.</summary>
    public required JoseHeader Header { get; init; }

    /// <summary>The second part.</summary>
    public required JwtClaims Claims { get; init; }

    /// <summary>What is signed: the first two parts as they were sent.</summary>
    public required byte[] SigningInput { get; init; }

    /// <summary>The third part; empty if it is empty, null if it can not be decoded.</summary>
    public required byte[]? Signature { get; init; }

    /// <summary>Takes a token apart, or null if it is not one (rules J1 to J3).</summary>
    public static JsonWebToken? Read(string text, int maximumLength, ClaimNames? names = null)
    {
        if (text.Length > maximumLength || SplitInThree(text) is not var (first, second))
        {
            return null;
        }

        var header = ReadObject(text.AsSpan(0, first), HeaderDepth) is { } headerJson ? JoseHeader.Read(headerJson) : null;
        var claims = ReadObject(text.AsSpan(first + 1, second - first - 1), PayloadDepth) is { } claimsJson ? JwtClaims.Read(claimsJson, names ?? WorkOSNames) : null;
        var signature = text.AsSpan(second + 1);
        return header is null || claims is null ? null : new JsonWebToken
        {
            Header = header,
            Claims = claims,
            SigningInput = Encoding.ASCII.GetBytes(text, 0, second),
            Signature = signature.IsEmpty ? [] : CanonicalBase64Url.Decode(signature),
        };
    }

    private static (int FirstDot, int SecondDot)? SplitInThree(string text)
    {
        var first = text.IndexOf('.', StringComparison.Ordinal);
        var second = text.IndexOf('.', first + 1);
        return first >= 0 && second >= 0 && text.IndexOf('.', second + 1) < 0 ? (first, second) : null;
    }

    private static byte[]? ReadObject(ReadOnlySpan<char> part, int maximumDepth) =>
        CanonicalBase64Url.Decode(part) is { } json && StrictJson.IsObject(json, maximumDepth) ? json : null;
}
