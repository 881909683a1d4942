using System.Net;
using ExtAuthz.Server.WorkOS;

namespace ExtAuthz.Server.Configuration;

/// <summary>Rules for the operations port.</summary>
internal static class OperationsRules
{
    /// <summary>The settings; null without such a port.</summary>
    public static OperationsSettings? Apply(OperationsOptions written, GrpcSettings grpc, ConfigurationFaults faults)
    {
        if (written.Port is 0)
        {
            return null;
        }

        if (!IPAddress.TryParse(written.Address, out var address))
        {
            faults.Add(Option(nameof(written.Address)), "It is not an IP address.", "Write 127.0.0.1 for this machine or pod alone, 0.0.0.0 for every interface.");
        }

        if (written.Port is < 0 or > 65535)
        {
            faults.Add(Option(nameof(written.Port)), "It is not a port.", "Write a number from 1 to 65535, or 0 for none.");
        }
        else if (written.Port == grpc.EndPoint.Port)
        {
            faults.Add(Option(nameof(written.Port)), "It is the port that Envoy calls.", "Give each a port of its own.");
        }

        Credential.Check(Option(nameof(written.EventsSecret)), written.EventsSecret, "Copy the signing secret of the webhook endpoint from the WorkOS dashboard.", faults);
        return new OperationsSettings(new IPEndPoint(address ?? IPAddress.Loopback, Math.Clamp(written.Port, 0, 65535)), new EventsSecret(written.EventsSecret ?? ""));
    }

    private static string Option(string name) => ConfigurationPath.Combine(nameof(AuthkitOptions.Operations), name);
}
