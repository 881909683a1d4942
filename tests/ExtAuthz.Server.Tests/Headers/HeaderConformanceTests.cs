using System.Collections.Immutable;
using ExtAuthz.Domain.Tokens;
using ExtAuthz.Server.Tests.Hosting;
using ExtAuthz.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace ExtAuthz.Server.Tests.Headers;

/// <summary>corpus/headers.json, in both encodings that Envoy has: what a client calls itself never reaches the upstream.</summary>
public sealed class HeaderConformanceTests
{
    private static IReadOnlyList<HeaderCase> Cases => [.. FixtureFolder.Open("corpus/headers.json").RootElement.Items("cases").Select(element => new HeaderCase(element))];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Client_headers_never_pass_for_ours(bool isRaw)
    {
        await using var world = await SignedInWorld.StartAsync();
        var cookie = world.Cookie(new AccessTokenSpec());
        foreach (var one in Cases.Where(one => one.ClaimValue is null))
        {
            var answer = await world.Service.CheckAsync(one.ToCheckRequest(isRaw, one.IsSignedIn ? cookie : null));

            answer.IsAllowed().ShouldBe(one.IsForwarded, one.ToString());
            if (!one.IsForwarded)
            {
                ((int)answer.DeniedResponse.Status.Code).ShouldBeOneOf([302, 303, 307, 401], one.ToString());
                continue;
            }

            var set = answer.OkResponse.Headers.ToDictionary(header => header.Header.Key, header => header.Header.Value);
            foreach (var name in one.MustBeGone)
            {
                (answer.OkResponse.HeadersToRemove.Contains(name, StringComparer.OrdinalIgnoreCase) || set.ContainsKey(name.ToLowerInvariant())).ShouldBeTrue($"{one}: {name}");
            }

            set.Keys.Intersect(answer.OkResponse.HeadersToRemove, StringComparer.OrdinalIgnoreCase).ShouldBeEmpty(one.ToString());
            set.Where(header => !IsOurOwn(header)).Select(header => header.Value).Intersect(one.NeverUpstream).ShouldBeEmpty(one.ToString());
            foreach (var (name, value) in one.UpstreamEquals)
            {
                set[name].ShouldBe(value is "<our seal>" ? cookie["wos-session=".Length..] : value, one.ToString());
            }
        }
    }

    [Fact]
    public async Task Claims_never_break_a_header()
    {
        var verifier = new ScriptedVerifier();
        await using var world = await SignedInWorld.StartAsync(services => services.AddSingleton<IAccessTokenVerifier>(verifier));
        foreach (var one in Cases.Where(one => one.ClaimValue is not null))
        {
            var value = one.ClaimValue!;
            ImmutableArray<string> permissions = value.Length > 1000 && value.Contains(',') ? [.. value.Split(',')] : [value];
            verifier.Claims = new AccessTokenClaims { Subject = SignedInWorld.UserId, Role = value, Permissions = permissions, ExpiresAt = DateTimeOffset.MaxValue };

            var answer = await world.Service.CheckAsync(one.ToCheckRequest(isRaw: true, world.Cookie(new AccessTokenSpec())));

            answer.IsAllowed().ShouldBe(one.IsForwarded, one.ToString());
            answer.OkResponse.Headers.ShouldAllBe(header => header.Header.Value.All(c => c >= ' ' && c <= '~') && header.Header.Value.Length > 0 && header.Header.Value.Length <= 8192, one.ToString());
            answer.OkResponse.Headers.Sum(header => header.Header.Value.Length).ShouldBeLessThan(60 * 1024);
            AssertTold(answer.Upstream("x-auth-role"), value, one);
            answer.Upstream("x-auth-permissions")?.Split(',').Length.ShouldBe(permissions.Length, one.ToString());
        }
    }

    // A client that guesses a value of ours changes nothing: the header is overwritten with it.
    private static bool IsOurOwn(KeyValuePair<string, string> header) => header is { Key: "x-workos-middleware", Value: "true" } or { Key: "x-auth-user-id", Value: SignedInWorld.UserId };

    private static void AssertTold(string? header, string value, HeaderCase one)
    {
        if (value.Length is 0 or > 8192)
        {
            header.ShouldBeNull(one.ToString());
        }
        else
        {
            Uri.UnescapeDataString(header!).ShouldBe(value, one.ToString());
        }
    }
}
