using ExtAuthz.Faults.Load;

namespace ExtAuthz.Faults.Scenarios;

/// <summary>A fault, and what must hold all the same.</summary>
/// <param name="Id">Its name in docs/reliability.md.</param>
/// <param name="Title">The fault.</param>
/// <param name="PlayAsync">Plays it and fails if anything did not hold.</param>
internal sealed record Scenario(string Id, string Title, Func<Run, Task<Tally>> PlayAsync)
{
    /// <summary>Its times are quoted: it never plays beside others.</summary>
    public bool IsMeasured { get; private init; }

    /// <summary>All that run with processes.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F1", "no fault: one expired cookie in a crowd", Crowds.OneCookieAsync) { IsMeasured = true },
        new("F2", "many expired cookies, 20 requests each at once", Crowds.ManyCookiesAsync) { IsMeasured = true },
        new("F2h", "the same, all at once", Crowds.HerdAsync) { IsMeasured = true },
        new("F3", "the holder is killed", Holders.KilledAsync),
        new("F4", "the holder stands still for 20 s", Holders.PausedAsync),
        new("F5", "the provider takes 0.05 to 12 s", Providers.SlowAsync),
        new("F6", "one answer in three is lost", Providers.LostAnswersAsync),
        new("F7", "the provider answers 5xx or 408", Providers.FailingAsync),
        new("F8", "the provider answers 429, Retry-After 5", Providers.LimitedAsync),
        new("F9", "the provider ended the session", Providers.EndedAsync),
        new("F10", "the provider refuses this service", Providers.RefusingUsAsync),
        new("F11", "Redis is killed and comes back empty", Stores.KilledAsync),
        new("F11s", "the same, a second use is theft", Stores.KilledStrictAsync),
        new("F12", "Redis fails over and loses what was written last", Stores.FailedOverAsync),
        new("F13", "Redis hangs, is read-only, full, cut off, or refuses us", Stores.FailingAsync),
        new("F13m", "the slots of a Redis Cluster move", Routes.MovedAsync),
        new("F13p", "three replicas of eight are cut off from Redis", Routes.PartedAsync),
        new("F14", "records are spoilt", Stores.SpoiltAsync),
        new("F16", "an old cookie, before and after the new one was seen", Latecomers.AcknowledgedAsync),
        new("F18", "sign-out during a refresh", SignOuts.DuringRefreshAsync),
        new("F20", "an application refreshes the same token", Providers.SharedTokenAsync),
        new("F22", "all replicas are replaced under load", Fleets.RollingRestartAsync),
        new("F22k", "the cookie password is changed under load, a second use is theft", Fleets.NewPasswordAsync),
        new("F23", "chaos", Chaos.WithReplayAsync),
        new("F23s", "the same, a second use is theft", Chaos.StrictAsync),
        new("F24", "tabs two generations behind", Latecomers.GenerationsAsync),
        new("warm", "no fault: live cookies need no Redis", Crowds.WarmAsync) { IsMeasured = true },
        new("users", "no fault: everybody is who they are", Crowds.UsersAsync),
    ];
}
