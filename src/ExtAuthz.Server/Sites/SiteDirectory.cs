using System.Collections.Frozen;
using System.Collections.Immutable;
using ExtAuthz.Domain.Steps;
using ExtAuthz.Server.Configuration;

namespace ExtAuthz.Server.Sites;

/// <summary>The sites of this process, each with services of its own, found by the host of a request.</summary>
internal sealed class SiteDirectory : IAsyncDisposable
{
    private readonly CheckPipeline? _everyHost;
    private readonly FrozenDictionary<string, CheckPipeline> _byHost;

    /// <summary>Builds every site.</summary>
    /// <param name="settings">The sites.</param>
    /// <param name="shared">What all sites share.</param>
    /// <param name="replace">Parts that a test puts in place of a site's own.</param>
    public SiteDirectory(AuthkitSettings settings, IServiceProvider shared, Action<IServiceCollection>? replace = null)
    {
        Sites = [.. settings.Sites.Select(site => Build(site, shared, replace))];
        var pipelines = settings.Sites.Zip(Sites, (site, services) => (site.Hosts, Pipeline: services.GetRequiredService<CheckPipeline>())).ToList();
        _everyHost = pipelines.Find(site => site.Hosts.IsEmpty).Pipeline;
        _byHost = pipelines.SelectMany(site => site.Hosts.Select(host => KeyValuePair.Create(host, site.Pipeline))).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The services of each site.</summary>
    public ImmutableArray<ServiceProvider> Sites { get; }

    /// <summary>The pipeline of the site that answers for a host, with or without the port of its scheme; null when none does.</summary>
    public CheckPipeline? Find(string host) => _everyHost ?? _byHost.GetValueOrDefault(host) ?? _byHost.GetValueOrDefault(WithoutDefaultPort(host));

    public async ValueTask DisposeAsync()
    {
        foreach (var site in Sites)
        {
            await site.DisposeAsync();
        }
    }

    private static ServiceProvider Build(SiteSettings site, IServiceProvider shared, Action<IServiceCollection>? replace)
    {
        var services = new ServiceCollection().AddSite(site, shared);
        replace?.Invoke(services);
        return services.BuildServiceProvider();
    }

    private static string WithoutDefaultPort(string host) =>
        host.EndsWith(":443", StringComparison.Ordinal) ? host[..^4]
        : host.EndsWith(":80", StringComparison.Ordinal) ? host[..^3]
        : host;
}
