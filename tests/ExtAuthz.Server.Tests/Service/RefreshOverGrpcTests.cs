using System.Text.Json;
using ExtAuthz.Server.Tests.Hosting;
using Microsoft.AspNetCore.Http;

namespace ExtAuthz.Server.Tests.Service;

/// <summary>Refreshes as Envoy meets them: many at once, impatient, and on bad days of the provider.</summary>
public sealed class RefreshOverGrpcTests
{
    private static readonly AccessTokenSpec Expired = new() { ExpiresIn = -60 };

    [Fact]
    public async Task Fifty_parallel_requests_with_one_expired_cookie_are_one_provider_call_and_one_session()
    {
        var provider = new RotatingProvider();
        await using var world = await SignedInWorld.StartAsync(authenticate: provider.AnswerAsync);
        provider.Use(world);
        var cookie = world.Cookie(Expired);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => world.Service.CheckAsync(CheckRequests.Get("/protected", cookie))));

        provider.Calls.ShouldBe(1);
        answers.ShouldAllBe(answer => answer.IsAllowed());
        answers.Select(answer => answer.SetCookies().Single()).Distinct().Count().ShouldBe(1);
        answers.ShouldAllBe(answer => answer.Upstream("x-auth-user-id") == SignedInWorld.UserId);
    }

    [Fact]
    public async Task A_latecomer_with_the_old_cookie_gets_the_same_session_without_another_call()
    {
        var provider = new RotatingProvider();
        await using var world = await SignedInWorld.StartAsync(authenticate: provider.AnswerAsync);
        provider.Use(world);
        var cookie = world.Cookie(Expired);

        var first = await world.Service.CheckAsync(CheckRequests.Get("/protected", cookie));
        var late = await world.Service.CheckAsync(CheckRequests.Get("/protected", cookie));

        provider.Calls.ShouldBe(1);
        late.SetCookies().ShouldBe(first.SetCookies());
    }

    [Fact]
    public async Task A_check_that_Envoy_gave_up_leaves_its_refresh_to_the_next_request()
    {
        var provider = new RotatingProvider { Gate = new TaskCompletionSource() };
        await using var world = await SignedInWorld.StartAsync(authenticate: provider.AnswerAsync);
        provider.Use(world);
        var cookie = world.Cookie(Expired);

        var impatient = await world.Service.CheckAsync(CheckRequests.Document("/protected", cookie), grpcTimeout: "2S");
        provider.Gate.SetResult();
        var patient = await world.Service.CheckAsync(CheckRequests.Document("/protected", cookie));

        ((int)impatient.DeniedResponse.Status.Code).ShouldBe(503);
        impatient.SetCookies().ShouldBeEmpty();
        patient.IsAllowed().ShouldBeTrue();
        provider.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_provider_in_trouble_signs_nobody_out(int status)
    {
        await using var world = await SignedInWorld.StartAsync(authenticate: context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("<html>no</html>");
        });
        world.Service.ExpectedError = "refuses this service";
        var cookie = world.Cookie(Expired);

        var document = await world.Service.CheckAsync(CheckRequests.Document("/protected", cookie));
        var script = await world.Service.CheckAsync(CheckRequests.Get("/protected", cookie));
        var stranger = await world.Service.CheckAsync(CheckRequests.Document("/public", cookie));

        foreach (var denied in new[] { document, script })
        {
            ((int)denied.DeniedResponse.Status.Code).ShouldBe(503);
            denied.SetCookies().ShouldBeEmpty();
            denied.Browser("retry-after").ShouldNotBeNull();
        }

        JsonDocument.Parse(script.DeniedResponse.Body).RootElement.GetProperty("reason").GetString().ShouldBe("provider_unavailable");
        stranger.IsAllowed().ShouldBeTrue();
        stranger.SetCookies().ShouldBeEmpty();
    }

    [Fact]
    public async Task Everybody_gets_their_own_session()
    {
        await using var world = await SignedInWorld.StartAsync();
        var cookies = Enumerable.Range(0, 100).Select(i => (User: $"user_{i}", Cookie: world.Cookie(new AccessTokenSpec { Subject = $"user_{i}", SessionId = $"session_{i}" }))).ToList();

        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), TestContext.Current.CancellationToken, async (i, _) =>
        {
            var (user, cookie) = cookies[i % cookies.Count];
            var answer = await world.Service.CheckAsync(CheckRequests.Get("/protected", cookie));
            answer.Upstream("x-auth-user-id").ShouldBe(user);
        });
    }
}
