using System.Collections.Immutable;
using ExtAuthz.Demo.Tour;

namespace ExtAuthz.Demo.Providers;

/// <summary>Who signs users in, and what the tour needs of them. Disposing stops it.</summary>
internal interface IDemoProvider : IAsyncDisposable
{
    /// <summary>Where it listens, without a slash at the end.</summary>
    string Address { get; }

    /// <summary>What the authorization service must be told of it.</summary>
    IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>Where a sign-in begins, without the query.</summary>
    string SignInPage { get; }

    /// <summary>The visitor of the tour.</summary>
    DemoUser Ada { get; }

    /// <summary>A second one.</summary>
    DemoUser Grace { get; }

    /// <summary>Life of the access tokens made now.</summary>
    TimeSpan AccessTokenLifetime { get; }

    /// <summary>The tour against this provider.</summary>
    ImmutableArray<TourStep> Story { get; }

    /// <summary>Starts it.</summary>
    /// <exception cref="CannotStartException">Something that it needs is not there.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>How often tokens were asked for.</summary>
    Task<int> CountTokenCallsAsync();

    /// <summary>Holds every answer with tokens back for so long from now on.</summary>
    Task DelayTokensAsync(TimeSpan delay);

    /// <summary>Signs with a new key from now on; the old one stays published.</summary>
    Task RotateKeysAsync();

    /// <summary>Moves its clock on, unless that is the demo's.</summary>
    Task PassAsync(TimeSpan time);

    /// <summary>Where a browser ends a session without asking the site, and is led to the site's start page.</summary>
    Uri SignOutPage(string sessionId);
}
