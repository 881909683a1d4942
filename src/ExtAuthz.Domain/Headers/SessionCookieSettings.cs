namespace ExtAuthz.Domain.Headers;

/// <summary>How the session cookie is set; the cookies of a sign-in follow it.</summary>
/// <param name="Name">The cookie's name: <c>wos-session</c> unless configured.</param>
/// <param name="Domain">The domain that shares the cookie; null keeps it to the host that set it.</param>
/// <param name="MaxAge">How long the browser keeps it; written in whole seconds.</param>
/// <param name="SameSite">With which requests of other sites it is sent.</param>
/// <param name="Secure">Whether the public origin is https. <see cref="SameSite.None"/> is always secure.</param>
public sealed record SessionCookieSettings(string Name, string? Domain, TimeSpan MaxAge, SameSite SameSite, bool Secure)
{
    /// <summary>Whether a session too large for one cookie is kept in several; otherwise it is cut down until it fits in one.</summary>
    public bool Chunking { get; init; } = true;
}
