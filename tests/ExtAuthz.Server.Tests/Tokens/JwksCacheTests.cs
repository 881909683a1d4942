using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Server.Tests.Tokens;

/// <summary>The life of a key set: rotation, outage, flood.</summary>
public sealed class JwksCacheTests
{
    private static readonly byte[] First = TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1, "k1"));
    private static readonly byte[] Second = TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K2, "k2"));
    private static readonly byte[] Both = TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1, "k1"), TokenKeys.Jwk(TokenKeys.K2, "k2"));

    /// <summary>With a tenth less for the jitter of zero.</summary>
    private static readonly TimeSpan SoftAge = TimeSpan.FromMinutes(9);

    [Fact]
    public async Task Rotation_with_overlap_fails_no_token()
    {
        await using var world = await KeyWorld.WarmAsync(First);
        world.Provider.Answer = _ => Task.FromResult(ScriptedHandler.Json(Both));
        await world.PassAsync(SoftAge);

        (await world.VerifyAsync(world.Token(TokenKeys.K1, "k1"))).ShouldBeOfType<TokenVerdict.Accepted>();
        (await world.VerifyAsync(world.Token(TokenKeys.K2, "k2"))).ShouldBeOfType<TokenVerdict.Accepted>();
        world.Fetches.ShouldBe(2);
    }

    [Fact]
    public async Task Rotation_without_overlap_is_noticed_by_the_first_new_token()
    {
        await using var world = await KeyWorld.WarmAsync(First);
        var generation = world.Verifier.KeyGeneration;
        world.Provider.Answer = _ => Task.FromResult(ScriptedHandler.Json(Second));

        (await world.VerifyAsync(world.Token(TokenKeys.K2, "k2"))).ShouldBeOfType<TokenVerdict.Accepted>();

        world.Verifier.KeyGeneration.ShouldBeGreaterThan(generation);
    }

    [Fact]
    public async Task The_previous_set_is_consulted_for_a_minute_after_a_change()
    {
        await using var world = await KeyWorld.WarmAsync(First);
        world.Provider.Answer = _ => Task.FromResult(ScriptedHandler.Json(Second));
        await world.PassAsync(SoftAge);
        var generation = world.Verifier.KeyGeneration;

        await world.PassAsync(TimeSpan.FromSeconds(59));
        (await world.VerifyAsync(world.Token(TokenKeys.K1, "k1"))).ShouldBeOfType<TokenVerdict.Accepted>();

        await world.PassAsync(TimeSpan.FromSeconds(1));
        (await world.VerifyAsync(world.Token(TokenKeys.K1, "k1"))).ShouldBeOfType<TokenVerdict.NotUsable>().Fault.ShouldBe(TokenFault.Key);
        world.Verifier.KeyGeneration.ShouldBeGreaterThan(generation);
    }

    [Fact]
    public async Task A_reused_key_id_means_the_new_key_at_once()
    {
        await using var world = await KeyWorld.WarmAsync(First);
        world.Provider.Answer = _ => Task.FromResult(ScriptedHandler.Json(TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K2, "k1"))));
        await world.PassAsync(SoftAge);

        (await world.VerifyAsync(world.Token(TokenKeys.K2, "k1"))).ShouldBeOfType<TokenVerdict.Accepted>();
        (await world.VerifyAsync(world.Token(TokenKeys.K1, "k1"))).ShouldBeOfType<TokenVerdict.NotUsable>().Fault.ShouldBe(TokenFault.Signature);
    }

    [Fact]
    public async Task The_same_keys_in_another_order_are_no_change()
    {
        await using var world = await KeyWorld.WarmAsync(Both);
        var generation = world.Verifier.KeyGeneration;
        world.Provider.Answer = _ => Task.FromResult(ScriptedHandler.Json(TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K2, "k2"), TokenKeys.Jwk(TokenKeys.K1, "k1"))));

        await world.PassAsync(SoftAge);

        world.Fetches.ShouldBe(2);
        world.Verifier.KeyGeneration.ShouldBe(generation);
    }

    [Fact]
    public async Task An_outage_is_served_from_the_last_good_set_until_the_hard_age()
    {
        await using var world = await KeyWorld.WarmAsync(First);
        world.Provider.Answer = _ => throw new HttpRequestException("down");
        for (var minutes = 0; minutes < (24 * 60) - 1; minutes++)
        {
            await world.PassAsync(TimeSpan.FromMinutes(1));
        }

        (await world.VerifyAsync(world.Token(TokenKeys.K1, "k1"))).ShouldBeOfType<TokenVerdict.Accepted>();

        await world.PassAsync(TimeSpan.FromMinutes(1));
        (await world.VerifyAsync(world.Token(TokenKeys.K1, "k1"))).ShouldBeOfType<TokenVerdict.Unverifiable>();

        world.Provider.Answer = _ => Task.FromResult(ScriptedHandler.Json(First));
        await world.PassAsync(TimeSpan.FromMinutes(2));
        (await world.VerifyAsync(world.Token(TokenKeys.K1, "k1"))).ShouldBeOfType<TokenVerdict.Accepted>();
    }

    [Fact]
    public async Task A_cold_start_without_keys_is_unverifiable_and_recovers_alone_with_at_most_one_attempt_a_second()
    {
        await using var world = new KeyWorld(new ScriptedHandler(_ => throw new HttpRequestException("down")));
        for (var second = 0; second < 30; second++)
        {
            (await world.VerifyAsync(world.Token(TokenKeys.K1, "k1"))).ShouldBeOfType<TokenVerdict.Unverifiable>();
            world.Fetches.ShouldBeLessThanOrEqualTo(second + 1);
            await world.PassAsync(TimeSpan.FromSeconds(1));
        }

        world.Provider.Answer = _ => Task.FromResult(ScriptedHandler.Json(First));
        await world.PassAsync(TimeSpan.FromSeconds(2));
        (await world.VerifyAsync(world.Token(TokenKeys.K1, "k1"))).ShouldBeOfType<TokenVerdict.Accepted>();
    }

    [Fact]
    public async Task A_thousand_first_requests_share_one_fetch()
    {
        var release = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var world = new KeyWorld(new ScriptedHandler(_ => release.Task));
        var token = world.Token(TokenKeys.K1, "k1");

        var requests = Enumerable.Range(0, 1000).Select(_ => Task.Run(() => world.VerifyAsync(token).AsTask())).ToList();
        release.SetResult(ScriptedHandler.Json(First));

        (await Task.WhenAll(requests)).ShouldAllBe(verdict => verdict is TokenVerdict.Accepted);
        world.Fetches.ShouldBe(1);
    }

    [Fact]
    public async Task A_flood_of_unknown_key_ids_causes_one_fetch_a_minute()
    {
        await using var world = await KeyWorld.WarmAsync(First);
        var number = 0;
        for (var minute = 1; minute <= 3; minute++)
        {
            for (var request = 0; request < 500; request++)
            {
                (await world.VerifyAsync(world.Token(TokenKeys.K1, $"unknown-{number++}"))).ShouldBeOfType<TokenVerdict.NotUsable>().Fault.ShouldBe(TokenFault.Key);
            }

            world.Fetches.ShouldBe(1 + minute);
            await world.PassAsync(TimeSpan.FromSeconds(60));
        }
    }

    [Fact]
    public async Task A_key_published_after_a_flood_is_found_within_the_minute()
    {
        await using var world = await KeyWorld.WarmAsync(First);
        await world.VerifyAsync(world.Token(TokenKeys.K1, "unknown"));
        world.Provider.Answer = _ => Task.FromResult(ScriptedHandler.Json(Second));
        (await world.VerifyAsync(world.Token(TokenKeys.K2, "k2"))).ShouldBeOfType<TokenVerdict.NotUsable>();

        await world.PassAsync(TimeSpan.FromSeconds(60));

        (await world.VerifyAsync(world.Token(TokenKeys.K2, "k2"))).ShouldBeOfType<TokenVerdict.Accepted>();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_slow_answer_is_waited_for_a_second_only(bool warm)
    {
        await using var world = warm ? await KeyWorld.WarmAsync(First) : new KeyWorld(new ScriptedHandler(First));
        var body = new SlowBody();
        world.Provider.Answer = _ => Task.FromResult(new HttpResponseMessage { Content = body });

        var request = world.VerifyAsync(world.Token(TokenKeys.K2, "k2")).AsTask();
        await body.Asked.WaitAsync(TestContext.Current.CancellationToken);
        request.IsCompleted.ShouldBeFalse();
        world.Clock.Advance(TimeSpan.FromSeconds(1));

        var verdict = await request;
        (verdict is TokenVerdict.Unverifiable, (verdict as TokenVerdict.NotUsable)?.Fault).ShouldBe((!warm, warm ? TokenFault.Key : null));
    }

    [Fact]
    public async Task A_bad_answer_leaves_the_old_set()
    {
        await using var world = await KeyWorld.WarmAsync(First);
        world.Provider.Answer = _ => Task.FromResult(ScriptedHandler.Json("{\"keys\":[]}"u8.ToArray()));

        await world.PassAsync(SoftAge);

        world.Fetches.ShouldBe(2);
        (await world.VerifyAsync(world.Token(TokenKeys.K1, "k1"))).ShouldBeOfType<TokenVerdict.Accepted>();
    }

    [Fact]
    public async Task A_request_that_is_given_up_does_not_end_the_fetch()
    {
        var release = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var world = new KeyWorld(new ScriptedHandler(_ => release.Task));
        var token = new AccessToken(world.Token(TokenKeys.K1, "k1"));
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var request = world.Verifier.VerifyAsync(token, gone.Token).AsTask();
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(request);
        release.SetResult(ScriptedHandler.Json(First));

        (await world.VerifyAsync(token.Value)).ShouldBeOfType<TokenVerdict.Accepted>();
        world.Fetches.ShouldBe(1);
    }
}
