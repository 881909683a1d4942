using System.Net;
using System.Text.Json.Nodes;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Server.Tests.OpenIdConnect;

public sealed class RevocationEndpointTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_refresh_token_is_revoked_in_our_name()
    {
        await using var world = await ProviderWorld.WarmAsync();
        world.Tokens = _ => new HttpResponseMessage(HttpStatusCode.OK);

        (await RevokeAsync(world)).ShouldBeOfType<RevocationOutcome.Revoked>();

        world.Calls[^1].ShouldBe("POST https://idp.example.com/tenant/revoke");
        world.TokenCall.Form.ShouldBe("token=refresh_1&token_type_hint=refresh_token");
        world.TokenCall.Authorization.ShouldNotBeNull().Scheme.ShouldBe("Basic");
    }

    [Fact]
    public async Task A_provider_without_the_endpoint_is_not_called()
    {
        await using var world = await ProviderWorld.WarmAsync(metadata: metadata => metadata.Remove("revocation_endpoint"));
        var calls = world.Calls.Count;

        (await RevokeAsync(world)).ShouldBeOfType<RevocationOutcome.NotOffered>();
        world.Calls.Count.ShouldBe(calls);
    }

    [Fact]
    public async Task An_endpoint_elsewhere_is_never_called()
    {
        await using var world = await ProviderWorld.WarmAsync(metadata: metadata => metadata["revocation_endpoint"] = "https://evil.example.com/revoke");

        (await RevokeAsync(world)).ShouldBe(new RevocationOutcome.Failed("provider not discovered"));
        world.Calls.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(503)]
    public async Task Another_status_than_200_is_a_failure(int status)
    {
        await using var world = await ProviderWorld.WarmAsync();
        world.Tokens = _ => ProviderWorld.Json(new JsonObject { ["error"] = "unsupported_token_type" }, status);

        (await RevokeAsync(world)).ShouldBe(new RevocationOutcome.Failed($"status {status}"));
    }

    [Fact]
    public async Task A_fault_of_the_network_is_a_failure()
    {
        await using var world = await ProviderWorld.WarmAsync();
        world.Tokens = _ => throw new HttpRequestException(HttpRequestError.ConnectionError);

        (await RevokeAsync(world)).ShouldBe(new RevocationOutcome.Failed("network: ConnectionError"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Nobody_waits_longer_than_told(int seconds)
    {
        await using var world = await ProviderWorld.WarmAsync();
        world.Tokens = _ =>
        {
            world.Clock.Advance(Patience);
            throw new OperationCanceledException();
        };

        (await RevokeAsync(world, TimeSpan.FromSeconds(seconds))).ShouldBe(new RevocationOutcome.Failed("timeout"));
    }

    private static Task<RevocationOutcome> RevokeAsync(ProviderWorld world, TimeSpan? patience = null) =>
        world.Provider.RevokeAsync(new RefreshToken("refresh_1"), patience ?? Patience, TestContext.Current.CancellationToken);
}
