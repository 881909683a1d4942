namespace ExtAuthz.Server.Configuration;

/// <summary>What an operator wrote for one of several sites.</summary>
/// <param name="Name">The site's name, for the operator alone.</param>
/// <param name="Settings">The site's own settings laid over those for all.</param>
/// <param name="Faults">Takes faults of these settings: what the site sets, or nobody does, is named as the site's.</param>
internal sealed record WrittenSite(string Name, IConfiguration Settings, ConfigurationFaults Faults);
