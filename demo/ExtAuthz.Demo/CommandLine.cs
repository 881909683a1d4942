using System.CommandLine;
using System.Net;
using ExtAuthz.Demo.Providers;
using ExtAuthz.Demo.Tour;
using ExtAuthz.Demo.Upstream;

namespace ExtAuthz.Demo;

/// <summary>The command line: the demo, the tour, or the upstream alone.</summary>
internal static class CommandLine
{
    private static readonly Option<bool> Tour = new("--tour") { Description = "Run the story by itself on free ports; the exit code is 0 only if all of it held." };
    private static readonly Option<ProviderKind> Provider = ProviderOption();
    private static readonly Option<bool> Echo = new("--echo") { Description = "Run only the upstream, reachable from other machines." };
    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Log every request and every decision." };
    private static readonly Option<ushort> EdgePort = Port(DemoPorts.EdgeOption, DemoPorts.Usual.Edge, "The gateway, where the browser goes; 0 takes any free port.");
    private static readonly Option<ushort> GrpcPort = Port(DemoPorts.GrpcOption, DemoPorts.Usual.Grpc, "The authorization service.");
    private static readonly Option<ushort> ProviderPort = Port(DemoPorts.ProviderOption, DemoPorts.Usual.Provider, "The identity provider.");
    private static readonly Option<ushort> UpstreamPort = Port(DemoPorts.UpstreamOption, DemoPorts.Usual.Upstream, "The service behind the gateway.");

    /// <summary>Runs what the arguments ask for, until it ends or a signal stops it, and returns the exit code.</summary>
    public static Task<int> RunAsync(string[] args)
    {
        var command = new RootCommand("Gateway, authorization service, identity provider and upstream in one process.")
        {
            Tour, Provider, Echo, EdgePort, GrpcPort, ProviderPort, UpstreamPort, Verbose,
        };
        command.SetAction(RunAsync);
        return command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) });
    }

    private static async Task<int> RunAsync(ParseResult options, CancellationToken stopping)
    {
        var isVerbose = options.GetValue(Verbose);
        try
        {
            if (options.GetValue(Tour))
            {
                return await GuidedTour.RunAsync(options.GetValue(Provider), Console.Out, ConsoleLog.At(isVerbose ? LogLevel.Debug : LogLevel.Critical), stopping) ? 0 : 1;
            }

            var logging = ConsoleLog.At(isVerbose ? LogLevel.Information : LogLevel.Warning);
            await (options.GetValue(Echo) ? EchoAsync(options.GetValue(UpstreamPort), logging, stopping) : DemonstrateAsync(options.GetValue(Provider), PortsOf(options), logging, stopping));
            return 0;
        }
        catch (CannotStartException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }

    private static async Task DemonstrateAsync(ProviderKind provider, DemoPorts ports, Action<ILoggingBuilder> logging, CancellationToken stopping)
    {
        await using var demonstration = await Demonstration.StartAsync(provider, ports, TimeProvider.System, logging, stopping);
        Console.WriteLine(demonstration.Welcome);
        await UntilAsync(stopping);
    }

    private static async Task EchoAsync(int port, Action<ILoggingBuilder> logging, CancellationToken stopping)
    {
        DemoPorts.Check(DemoPorts.UpstreamOption, IPAddress.Any, port);
        await using var upstream = EchoApplication.Create(new IPEndPoint(IPAddress.Any, port), logging);
        await upstream.StartAsync(stopping);
        Console.WriteLine($"Upstream {upstream.Urls.Single()}");
        await UntilAsync(stopping);
        await upstream.StopAsync(CancellationToken.None);
    }

    private static Task UntilAsync(CancellationToken stopping)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stopping.Register(stopped.SetResult);
        return stopped.Task;
    }

    private static DemoPorts PortsOf(ParseResult options) =>
        new(options.GetValue(EdgePort), options.GetValue(GrpcPort), options.GetValue(ProviderPort), options.GetValue(UpstreamPort));

    private static Option<ProviderKind> ProviderOption()
    {
        var option = new Option<ProviderKind>("--provider") { Description = "Who signs users in: the development WorkOS unless told otherwise, or npm's oidc-provider, which needs Node.js." };
        option.AcceptOnlyFromAmong("workos", "oidc");
        return option;
    }

    private static Option<ushort> Port(string name, int usual, string description) =>
        new(name) { Description = description, HelpName = "port", DefaultValueFactory = _ => (ushort)usual };
}
