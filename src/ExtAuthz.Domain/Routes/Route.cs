namespace ExtAuthz.Domain.Routes;

/// <summary>Where a request is going, as far as its target tells.</summary>
public abstract record Route
{
    private Route() { }

    /// <summary>No upstream should see this target.</summary>
    public sealed record Rejected : Route;

    /// <summary>Our callback: the provider sends the browser back.</summary>
    public sealed record Callback : Route;

    /// <summary>Our sign-in endpoint.</summary>
    public sealed record SignIn : Route;

    /// <summary>An upstream's page.</summary>
    /// <param name="NeedsSession">Whether only signed-in users may see it.</param>
    public sealed record Page(bool NeedsSession) : Route;
}
