using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Domain.Routes;

/// <summary>Where a request is going, as far as its target tells.</summary>
public abstract record Route
{
    private Route() { }

    /// <summary>No upstream should see this target.</summary>
    public sealed record Rejected : Route;

    /// <summary>Our callback: the provider sends the browser back.</summary>
    public sealed record Callback : Route;

    /// <summary>Our sign-in or sign-up endpoint.</summary>
    /// <param name="ScreenHint">The screen to show first.</param>
    public sealed record SignIn(ScreenHint ScreenHint) : Route;

    /// <summary>Our sign-out endpoint.</summary>
    public sealed record SignOut : Route;

    /// <summary>Our endpoint that changes to another organisation.</summary>
    public sealed record SwitchOrganization : Route;

    /// <summary>Our endpoint that tells scripts who is signed in.</summary>
    public sealed record SessionStatus : Route;

    /// <summary>Our endpoint for logout tokens of the provider.</summary>
    public sealed record BackChannelLogout : Route;

    /// <summary>Our endpoint that the provider's page loads in a frame to end a session.</summary>
    public sealed record FrontChannelLogout : Route;

    /// <summary>An endpoint of ours that does not answer this method.</summary>
    /// <param name="Allowed">The methods that it answers, as <c>Allow</c> lists them (RFC 9110 section 10.2.1).</param>
    public sealed record WrongMethod(string Allowed) : Route;

    /// <summary>An upstream's page.</summary>
    /// <param name="NeedsSession">Whether only signed-in users may see it.</param>
    /// <param name="MaxAge">How long ago such a user may have signed in; null when that does not matter.</param>
    public sealed record Page(bool NeedsSession, TimeSpan? MaxAge = null) : Route;
}
