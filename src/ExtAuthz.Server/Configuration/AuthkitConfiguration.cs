using System.Collections.Immutable;
using System.Text;

namespace ExtAuthz.Server.Configuration;

/// <summary>What loading the configuration comes to.</summary>
internal abstract record AuthkitConfiguration
{
    private AuthkitConfiguration() { }

    /// <summary>Reads and checks everything once, before the service is built.</summary>
    public static AuthkitConfiguration Load(IConfiguration configuration)
    {
        var faults = new ConfigurationFaults();
        var written = WrittenSettings.Read(configuration, faults);
        var common = new OptionsReader(faults).Read(written.Common);
        var sites = written.Sites.IsEmpty ? [SitesRules.ReadOnlySite(common, faults)] : SitesRules.ReadSites(written.Sites);
        var redis = RedisRules.Apply(common.Redis, faults);
        var grpc = GrpcRules.Apply(common.Grpc, faults);
        var operations = OperationsRules.Apply(common.Operations, grpc, faults);
        return faults.Any
            ? new Refused(faults.ToImmutable())
            : new Loaded(new AuthkitSettings([.. sites.OfType<SiteSettings>()], redis, grpc, operations, common.Debug));
    }

    /// <summary>The service may start.</summary>
    public sealed record Loaded(AuthkitSettings Settings) : AuthkitConfiguration;

    /// <summary>The service must not start: every fault there is.</summary>
    public sealed record Refused(ImmutableArray<ConfigurationFault> Faults) : AuthkitConfiguration
    {
        /// <summary><c>EX_CONFIG</c> of sysexits.h.</summary>
        public const int ExitCode = 78;

        /// <summary>The faults as a numbered list, for standard error.</summary>
        public override string ToString()
        {
            var text = new StringBuilder("ExtAuthz does not start: ").Append(Faults.Length).AppendLine(Faults.Length is 1 ? " fault in its configuration." : " faults in its configuration.");
            foreach (var (index, fault) in Faults.Index())
            {
                text.AppendLine($"{index + 1}. {fault.Setting}").AppendLine($"   {fault.Problem}").AppendLine($"   {fault.Fix}");
            }

            return text.ToString();
        }
    }
}
