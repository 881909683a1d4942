using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using ExtAuthz.Server.WorkOS;

namespace ExtAuthz.Server.OpenIdConnect;

/// <summary>How we speak HTTP with an OpenID Connect provider: as with WorkOS, and to no address inside this machine or its link.</summary>
internal static class OpenIdConnectHttp
{
    /// <summary>The longest a call to the token endpoint may take: a strict provider is asked only once.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private const int LargestAnswer = 1024 * 1024;

    /// <summary>Connections of our usual kind; names that lead to internal addresses are refused when they are resolved, so that DNS cannot point us there.</summary>
    public static SocketsHttpHandler CreateHandler(OpenIdConnectSettings settings)
    {
        var handler = WorkOSHttp.CreateHandler();
        if (!settings.IsOnThisMachine)
        {
            handler.ConnectCallback = ConnectAsync;
        }

        return handler;
    }

    /// <summary>A client whose callers keep the time.</summary>
    public static HttpClient CreateClient(HttpMessageHandler handler)
    {
        var client = new HttpClient(handler) { MaxResponseContentBufferSize = LargestAnswer, Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("extauthz", typeof(OpenIdConnectHttp).Assembly.GetName().Version?.ToString(3)));
        return client;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        if (addresses.Any(EndpointRule.IsInternal))
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The host has an internal address.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
