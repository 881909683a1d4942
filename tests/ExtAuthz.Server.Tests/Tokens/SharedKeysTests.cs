using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Server.Tests.Tokens;

/// <summary>The life of a key set that another replica fetched.</summary>
public sealed class SharedKeysTests
{
    private static readonly JsonWebKeySet First = Keys(TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1, "k1")));
    private static readonly JsonWebKeySet Both = Keys(TokenKeys.Set(TokenKeys.Jwk(TokenKeys.K1, "k1"), TokenKeys.Jwk(TokenKeys.K2, "k2")));

    private readonly ScriptedSource _source = new(new JwksResult.Accepted(First));

    [Fact]
    public async Task The_next_fetch_is_as_much_sooner_as_the_set_is_old()
    {
        _source.Answer = new JwksResult.Accepted(First) { Age = TimeSpan.FromMinutes(4) };
        await using var world = await WarmAsync();

        await world.PassAsync(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        _source.Asked.Count.ShouldBe(1);
        await world.PassAsync(TimeSpan.FromTicks(1));

        _source.Asked.ShouldBe([null, null]);
    }

    [Fact]
    public async Task An_old_set_serves_at_once_and_until_its_hard_age_while_a_new_one_is_asked_for()
    {
        _source.Answer = new JwksResult.Accepted(First) { Age = TimeSpan.FromHours(23) };
        await using var world = await WarmAsync();
        (await world.VerifyAsync(world.Token(TokenKeys.K1, "k1"))).ShouldBeOfType<TokenVerdict.Accepted>();

        _source.Answer = new JwksResult.Refused(JwksFault.Unreachable);
        await world.PassAsync(TimeSpan.Zero);
        _source.Asked.Count.ShouldBeGreaterThan(1);
        await world.PassAsync(TimeSpan.FromMinutes(59));
        (await world.VerifyAsync(world.Token(TokenKeys.K1, "k1"))).ShouldBeOfType<TokenVerdict.Accepted>();

        await world.PassAsync(TimeSpan.FromMinutes(1));
        (await world.VerifyAsync(world.Token(TokenKeys.K1, "k1"))).ShouldBeOfType<TokenVerdict.Unverifiable>();
    }

    [Fact]
    public async Task After_a_fetch_of_another_replica_an_unknown_key_is_asked_for_every_five_seconds()
    {
        await using var world = await WarmAsync();
        _source.Answer = null;
        await world.VerifyAsync(world.Token(TokenKeys.K2, "unknown"));
        await world.VerifyAsync(world.Token(TokenKeys.K2, "k2"));
        await world.PassAsync(TimeSpan.FromSeconds(4));
        await world.VerifyAsync(world.Token(TokenKeys.K2, "k2"));
        _source.Asked.ShouldBe([null, "unknown"]);

        _source.Answer = new JwksResult.Accepted(Both);
        await world.PassAsync(TimeSpan.FromSeconds(1));

        (await world.VerifyAsync(world.Token(TokenKeys.K2, "k2"))).ShouldBeOfType<TokenVerdict.Accepted>();
    }

    [Fact]
    public async Task An_unknown_key_that_has_to_wait_changes_nothing_of_when_the_next_fetch_is_due()
    {
        await using var world = await WarmAsync();
        _source.Answer = null;
        await world.PassAsync(TimeSpan.FromMinutes(8));
        await world.VerifyAsync(world.Token(TokenKeys.K2, "k2"));
        _source.Answer = new JwksResult.Accepted(Both);

        await world.PassAsync(TimeSpan.FromMinutes(1));

        _source.Asked.ShouldBe([null, "k2", null]);
    }

    private static JsonWebKeySet Keys(byte[] document) => JwksDocument.Read(document).ShouldBeOfType<JwksResult.Accepted>().Keys;

    private async Task<KeyWorld> WarmAsync()
    {
        var world = new KeyWorld(new ScriptedHandler(_ => throw new InvalidOperationException("The source is asked, not the provider.")), source: _source);
        await world.Cache.WarmAsync(TestContext.Current.CancellationToken);
        return world;
    }
}
