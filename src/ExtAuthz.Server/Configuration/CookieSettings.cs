using System.Collections.Immutable;

namespace ExtAuthz.Server.Configuration;

/// <summary>The session cookie.</summary>
/// <param name="Name">Its name, also for reading.</param>
/// <param name="Domain">Its <c>Domain</c> as written; null for a host-only cookie.</param>
/// <param name="MaxAge">How long browsers keep it.</param>
/// <param name="SameSite">Its <c>SameSite</c>.</param>
/// <param name="Secure">Whether it is for https alone: by the scheme of the public origin, never by the request.</param>
/// <param name="Passwords">What seals it, the newest first; never empty.</param>
internal sealed record CookieSettings(
    string Name, string? Domain, TimeSpan MaxAge, SameSite SameSite, bool Secure, ImmutableArray<CookiePassword> Passwords);
