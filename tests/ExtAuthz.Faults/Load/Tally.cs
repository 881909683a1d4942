using ExtAuthz.Faults.Site;

namespace ExtAuthz.Faults.Load;

/// <summary>What many visits came to: a line of the table.</summary>
/// <param name="Requests">How many.</param>
/// <param name="SignedOut">How many were sent to sign in.</param>
/// <param name="GivenUp">How many had only 503 until the user lost patience.</param>
/// <param name="ProviderCalls">The most calls of the provider for one refresh token.</param>
/// <param name="Rotations">The most pairs made from one refresh token.</param>
/// <param name="Slowest">The slowest answer, retries included.</param>
/// <param name="NinetyNinth">99 of 100 were quicker.</param>
internal sealed record Tally(int Requests, int SignedOut, int GivenUp, int ProviderCalls, int Rotations, TimeSpan Slowest, TimeSpan NinetyNinth)
{
    /// <summary>What else was measured, by its name.</summary>
    public IReadOnlyList<(string Name, TimeSpan Time)> Figures { get; init; } = [];

    /// <summary>Counts visits and what the provider's ledger has of all tokens.</summary>
    public static Tally Of(IReadOnlyCollection<Visit> visits, Deployment site)
    {
        var ledger = site.Ledger.Entries;
        return new Tally(
            visits.Count,
            visits.Count(visit => visit.Kind is VisitKind.SignedOut),
            visits.Count(visit => visit.Kind is VisitKind.GivenUp),
            ledger.Select(entry => entry.Uses).DefaultIfEmpty().Max(),
            ledger.Select(entry => entry.Rotations).DefaultIfEmpty().Max(),
            visits.Max(visit => visit.Took),
            NinetyNinthOf(visits));
    }

    /// <summary>99 of 100 visits were quicker.</summary>
    public static TimeSpan NinetyNinthOf(IReadOnlyCollection<Visit> visits) => visits.Select(visit => visit.Took).Order().ElementAt((int)((visits.Count - 1) * 0.99));
}
