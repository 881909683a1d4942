using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Tests.Fakes;

namespace ExtAuthz.Domain.Tests.Steps;

/// <summary>Threat 35 of the threat model: under load every answer is about the cookie that was sent.</summary>
public sealed class WrongUserTests
{
    [Fact]
    public async Task A_thousand_users_at_once_are_each_themselves()
    {
        var world = new World();
        world.Provider.AnswerRefresh = grant => new RefreshOutcome.Refreshed(world.NewSession(grant.OrganizationId!.Replace("org", "user", StringComparison.Ordinal)));
        var cookies = Enumerable.Range(0, 1000)
            .Select(i => world.CookieOf(world.NewSession($"user_{i}", $"session_{i}", $"org_{i}", age: i % 3 == 0 ? TimeSpan.FromMinutes(6) : TimeSpan.Zero)))
            .ToList();

        await Parallel.ForEachAsync(Enumerable.Range(0, 20_000), TestContext.Current.CancellationToken, async (i, _) =>
        {
            var user = i * 7919 % cookies.Count;
            var allowed = (await world.CheckAsync(Requests.Document("/dashboard", cookies[user]))).ShouldAllow(DecisionReason.SignedIn);
            allowed.UpstreamHeaders.Sets("x-auth-user-id").ShouldBe($"user_{user}");
        });

        world.Provider.Refreshes.ShouldBe(334);
    }
}
