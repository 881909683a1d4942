using System.Web;
using Envoy.Service.Auth.V3;
using ExtAuthz.Redis.Tests.Servers;
using ExtAuthz.Server.Tests.Hosting;

namespace ExtAuthz.Redis.Tests.Revocation;

/// <summary>Whole services that share a Redis, asked over gRPC.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task A_session_that_is_signed_out_in_one_replica_is_refused_by_the_other_that_just_verified_it()
    {
        await using var cluster = await Cluster.StartAsync();
        var cookie = cluster.One.Cookie(new AccessTokenSpec());
        (await AskAsync(cluster.Other, cookie)).IsAllowed().ShouldBeTrue();

        (await cluster.One.Service.CheckAsync(CheckRequests.Own("POST", "/sign-out", cookie))).SetCookies().ShouldHaveSingleItem().ShouldStartWith("wos-session=; ");

        await ExpectRefusedAsync(cluster.Other, cookie);
    }

    [Fact]
    public async Task A_sign_out_while_Redis_is_away_succeeds_and_the_other_replica_learns_it_afterwards()
    {
        await using var cluster = await Cluster.StartAsync();
        var cookie = cluster.One.Cookie(new AccessTokenSpec());
        await cluster.Redis.KillAsync();

        var signedOut = await cluster.One.Service.CheckAsync(CheckRequests.Own("POST", "/sign-out", cookie));

        signedOut.SetCookies().ShouldHaveSingleItem().ShouldStartWith("wos-session=; ");
        (await AskAsync(cluster.One, cookie)).IsAllowed().ShouldBeFalse();
        (await AskAsync(cluster.Other, cookie)).IsAllowed().ShouldBeTrue("nobody can tell it yet");
        await cluster.Redis.StartAsync();
        await Eventually.TrueAsync(async () => !(await AskAsync(cluster.Other, cookie)).IsAllowed());
    }

    [Fact]
    public async Task A_state_that_was_used_in_one_replica_buys_nothing_in_the_other()
    {
        var provider = new RotatingProvider();
        await using var cluster = await Cluster.StartAsync(provider);
        var begun = await cluster.One.Service.CheckAsync(CheckRequests.Document("/dashboard"));
        var state = HttpUtility.ParseQueryString(new Uri(begun.Browser("location")!).Query)["state"]!; // every such redirect has both
        var callback = CheckRequests.Document($"/callback?code=c&state={Uri.EscapeDataString(state)}", begun.SetCookies().Single().Split(';')[0]);

        var signedIn = await cluster.One.Service.CheckAsync(callback);
        var again = await cluster.Other.Service.CheckAsync(callback);

        signedIn.Browser("location").ShouldBe("https://app.example.com/dashboard");
        again.Browser("location")!.ShouldContain("/user_management/authorize?");
        provider.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    public async Task A_replica_whose_clock_is_wrong_shares_the_refresh_and_begins_no_other(int skew)
    {
        var provider = new RotatingProvider();
        await using var cluster = await Cluster.StartAsync(provider, TimeSpan.FromSeconds(skew));
        var ended = cluster.One.Cookie(new AccessTokenSpec { ExpiresIn = -120 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => AskAsync(number % 2 is 0 ? cluster.One : cluster.Other, ended)));

        answers.ShouldAllBe(answer => answer.IsAllowed());
        var renewed = answers.Select(answer => answer.SetCookies().ShouldHaveSingleItem()).Distinct().ShouldHaveSingleItem().Split(';')[0];
        for (var number = 0; number < 20; number++)
        {
            var answer = await AskAsync(number % 2 is 0 ? cluster.Other : cluster.One, renewed);
            (answer.IsAllowed(), answer.SetCookies().Count).ShouldBe((true, 0));
        }

        provider.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData("--sid", "session_1")]
    [InlineData("--user", "user_1")]
    public async Task The_operators_command_ends_sessions_in_running_replicas(string option, string id)
    {
        await using var cluster = await Cluster.StartAsync();
        var cookie = cluster.One.Cookie(new AccessTokenSpec());
        (await AskAsync(cluster.Other, cookie)).IsAllowed().ShouldBeTrue();

        var result = await cluster.RunAsync(option, id);

        result.ExitCode.ShouldBe(0, result.Output);
        result.Output.Trim().ShouldEndWith("revoked in all replicas.");
        result.Output.Trim().ShouldNotContain('\n');
        await ExpectRefusedAsync(cluster.One, cookie);
        await ExpectRefusedAsync(cluster.Other, cookie);
    }

    private static Task ExpectRefusedAsync(SignedInWorld replica, string cookie) =>
        Eventually.TrueAsync(async () => !(await AskAsync(replica, cookie)).IsAllowed());

    private static Task<CheckResponse> AskAsync(SignedInWorld replica, string cookie) => replica.Service.CheckAsync(CheckRequests.Get("/protected", cookie));
}
