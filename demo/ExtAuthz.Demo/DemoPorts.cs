using System.Net;
using System.Net.Sockets;

namespace ExtAuthz.Demo;

/// <summary>The TCP ports of the parts; 0 takes any that is free.</summary>
internal sealed record DemoPorts(int Edge, int Grpc, int Provider, int Upstream)
{
    public const string EdgeOption = "--edge-port";
    public const string GrpcOption = "--grpc-port";
    public const string ProviderOption = "--provider-port";
    public const string UpstreamOption = "--upstream-port";

    /// <summary>The ports that the documentation names.</summary>
    public static readonly DemoPorts Usual = new(Edge: 8080, Grpc: 9001, Provider: 4100, Upstream: 9002);

    /// <summary>Ports that meet no other program.</summary>
    public static readonly DemoPorts AnyFree = new(0, 0, 0, 0);

    /// <summary>
    /// Settles every port before anything listens: the parts know each other's addresses from the start, and one that is taken is found early.
    /// </summary>
    /// <exception cref="CannotStartException">Another program listens there.</exception>
    public DemoPorts Settle()
    {
        using var edge = Listen(EdgeOption, IPAddress.Loopback, Edge);
        using var grpc = Listen(GrpcOption, IPAddress.Loopback, Grpc);
        using var provider = Listen(ProviderOption, IPAddress.Loopback, Provider);
        using var upstream = Listen(UpstreamOption, IPAddress.Loopback, Upstream);
        return new DemoPorts(PortOf(edge), PortOf(grpc), PortOf(provider), PortOf(upstream));
    }

    /// <summary>Finds out early that a port is taken.</summary>
    /// <exception cref="CannotStartException">Another program listens there.</exception>
    public static void Check(string option, IPAddress address, int port) => Listen(option, address, port).Dispose();

    private static TcpListener Listen(string option, IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException fault)
        {
            listener.Dispose();
            throw new CannotStartException($"Port {port} can not be used ({fault.SocketErrorCode}); choose another with {option}, or 0 for any free one.", fault);
        }
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
