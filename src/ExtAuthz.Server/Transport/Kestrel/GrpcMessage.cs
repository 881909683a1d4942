using System.Buffers;
using System.Text;

namespace ExtAuthz.Server.Transport.Kestrel;

/// <summary>
/// The <c>grpc-message</c> header (gRPC over HTTP2, "Responses"): UTF-8 in which all but <c>0x20-0x7E</c>, and <c>%</c>, is percent-encoded.
/// </summary>
internal static class GrpcMessage
{
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(0x20, 0x5F).Select(c => (char)c).Where(c => c != '%')]);

    /// <summary>Encodes a text.</summary>
    public static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        var encoded = new StringBuilder();
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            _ = Plain.Contains((char)unit) ? encoded.Append((char)unit) : encoded.Append('%').Append(unit.ToString("X2"));
        }

        return encoded.ToString();
    }
}
