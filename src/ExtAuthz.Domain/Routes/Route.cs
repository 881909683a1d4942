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

    /// <summary>An endpoint of ours that does not answer this method.</summary>
    /// <param name="Allowed">The methods that it answers, as <c>Allow</c> lists them (RFC 9110 section 10.2.1).</param>
    public sealed record WrongMethod(string Allowed) : Route;

    /// <summary>An upstream's page.</summary>
    /// <param name="NeedsSession">Whether only signed-in users may see it.</param>
    public sealed record Page(bool NeedsSession) : Route;
}
