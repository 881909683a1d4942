using System.Collections.Immutable;

namespace ExtAuthz.Demo.Tour;

/// <summary>The story of one visitor, told and checked step by step.</summary>
internal static class GuidedTour
{
    private static readonly ImmutableArray<TourStep> Story =
    [
        new("A stranger who opens a protected page is sent to sign-in", StrangerSteps.IsSentToSignInAsync),
        new("A stranger's script gets an answer that it can read, not a redirect", StrangerSteps.ScriptIsToldAsync),
        new("A sign-up path leads to the provider's sign-up page", StrangerSteps.IsSentToSignUpAsync),
        new("A public page is open to strangers, and nobody can claim to be someone there", StrangerSteps.SeesPublicPageAsync),
        new("Signing in leads back to the page that was asked for", SignedInSteps.SignsInAsync),
        new("The upstream is told who the user is", SignedInSteps.IsKnownUpstreamAsync),
        new("What a client writes into our headers never arrives", SignedInSteps.SpoofedHeadersAreStrippedAsync),
        new("An expired session is renewed on the way, for browser and upstream", RefreshSteps.ExpiredSessionIsRenewedAsync),
        new("50 requests at once on one expired cookie share one refresh", RefreshSteps.RequestsShareOneRefreshAsync),
        new("While the provider is down a live session is served", OutageSteps.LiveSessionIsServedAsync),
        new("While the provider is down an expired session is asked to wait, and keeps its cookie", OutageSteps.ExpiredSessionWaitsAsync),
        new("When the provider is back the session goes on", OutageSteps.SessionGoesOnAsync),
        new("Keys that can not be fetched sign nobody out", OutageSteps.MissingKeysSignNobodyOutAsync),
        new("A session that was ended at the provider is over at its next refresh", SignedInSteps.EndedSessionIsOverAsync),
    ];

    /// <summary>Runs the story on parts of its own and writes a line a step; true if all of it held.</summary>
    public static async Task<bool> RunAsync(TextWriter output, Action<ILoggingBuilder> logging, CancellationToken stopping)
    {
        var clock = new TourClock();
        await using var demonstration = await Demonstration.StartAsync(DemoPorts.AnyFree, clock, logging, stopping);
        using var visitor = new Visitor(demonstration.Origin, stopping);
        var world = new TourWorld(demonstration, clock, visitor);
        foreach (var (index, step) in Story.Index())
        {
            try
            {
                await output.WriteLineAsync($"{index + 1,2}. {step.Claim}: {await step.ShowAsync(world)}");
            }
            catch (UnmetExpectationException unmet)
            {
                await output.WriteLineAsync($"{index + 1,2}. FAILED: {step.Claim}: {unmet.Message}");
                return false;
            }
        }

        await output.WriteLineAsync($"All {Story.Length} steps held.");
        return true;
    }
}
