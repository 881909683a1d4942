using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ExtAuthz.Redis.Tests.Servers;

/// <summary>The smallest client of RESP2: for what tests do to a server behind the service's back.</summary>
internal sealed class RespClient : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly BufferedStream _stream;

    private RespClient(Socket socket) => (_socket, _stream) = (socket, new BufferedStream(new NetworkStream(socket)));

    public static async Task<RespClient> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), TestContext.Current.CancellationToken);
        return new RespClient(socket);
    }

    /// <summary>Sends a command and reads its answer; an error is an exception with the server's words.</summary>
    public async Task<RespValue> CallAsync(params string[] command)
    {
        var text = new StringBuilder().Append($"*{command.Length}\r\n");
        foreach (var word in command)
        {
            text.Append($"${word.Length}\r\n{word}\r\n");
        }

        await _stream.WriteAsync(Encoding.Latin1.GetBytes(text.ToString()), TestContext.Current.CancellationToken);
        await _stream.FlushAsync(TestContext.Current.CancellationToken);
        return await ReadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _socket.Dispose();
    }

    private async Task<RespValue> ReadAsync()
    {
        var line = await ReadLineAsync();
        return (line[0], line[1..]) switch
        {
            ('-', var error) => throw new InvalidOperationException(error),
            ('$' or '*', "-1") => new RespValue(Text: null, []),
            ('$', var length) => new RespValue(await ReadTextAsync(int.Parse(length)), []),
            ('*', var count) => new RespValue(Text: null, await ReadItemsAsync(int.Parse(count))),
            (_, var text) => new RespValue(text, []),
        };
    }

    private async Task<List<RespValue>> ReadItemsAsync(int count)
    {
        var items = new List<RespValue>(count);
        while (items.Count < count)
        {
            items.Add(await ReadAsync());
        }

        return items;
    }

    private async Task<string> ReadTextAsync(int length)
    {
        var bytes = new byte[length + 2];
        await _stream.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
        return Encoding.Latin1.GetString(bytes, 0, length);
    }

    private async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        var next = new byte[1];
        while (line.Length < 2 || line[^1] != '\n')
        {
            await _stream.ReadExactlyAsync(next, TestContext.Current.CancellationToken);
            line.Append((char)next[0]);
        }

        return line.ToString(0, line.Length - 2);
    }
}
