using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ExtAuthz.EndToEnd.Edge;

/// <summary>Sends one HEADERS frame with literal fields only, so that a test decides how the cookie is split.</summary>
internal static class RawHttp2
{
    private const byte DataFrame = 0;
    private const byte HeadersFrame = 1;
    private const byte SettingsFrame = 4;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;

    /// <summary>Sends the request and waits for the end of its response.</summary>
    public static async Task SendAsync(Uri address, params (string Name, string Value)[] headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, address.Port);
        var stream = client.GetStream();
        var fields = headers.SelectMany(header => (byte[])[0, .. Literal(header.Name), .. Literal(header.Value)]).ToArray();
        await stream.WriteAsync((byte[])
        [
            .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8,
            .. Frame(SettingsFrame, 0, 0, []),
            .. Frame(HeadersFrame, EndStream | EndHeaders, 1, fields),
        ]);

        var head = new byte[9];
        do
        {
            await stream.ReadExactlyAsync(head);
            await stream.ReadExactlyAsync(new byte[(head[0] << 16) | (head[1] << 8) | head[2]]);
        }
        while (head is not [_, _, _, DataFrame or HeadersFrame, EndStream or EndStream | EndHeaders, ..]);
    }

    private static byte[] Frame(byte type, byte flags, byte streamId, byte[] payload) =>
        [0, (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, 0, 0, 0, streamId, .. payload];

    // RFC 7541 section 5.2, without Huffman coding, shorter than 127 bytes
    private static byte[] Literal(string text) => [(byte)text.Length, .. Encoding.Latin1.GetBytes(text)];
}
