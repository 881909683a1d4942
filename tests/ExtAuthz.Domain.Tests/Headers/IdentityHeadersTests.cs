using System.Collections.Immutable;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tests.Fakes;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Headers;

public sealed class IdentityHeadersTests
{
    private readonly Session _session = new World().NewSession();

    private readonly AccessTokenClaims _claims = new()
    {
        Subject = "user_1",
        SessionId = "session_1",
        OrganizationId = "org_1",
        Role = "admin",
        Roles = ["admin", "a,b"],
        Permissions = ["docs:read", "docs:write"],
        Entitlements = ["audit-logs"],
        FeatureFlags = ["beta"],
        ExpiresAt = DateTimeOffset.UnixEpoch,
        AuthenticatedAt = DateTimeOffset.FromUnixTimeSeconds(1_750_000_000),
    };

    [Fact]
    public void Every_claim_has_its_header()
    {
        var session = _session with { Impersonator = new Impersonator("op@example.com", "support") };

        For(session, _claims).Headers.Select(header => $"{header.Name}={header.Value}").ShouldBe(
        [
            "x-auth-user-id=user_1",
            "x-auth-session-id=session_1",
            "x-auth-org-id=org_1",
            "x-auth-role=admin",
            "x-auth-email=user_1@example.com",
            "x-auth-impersonator=op@example.com",
            "x-auth-time=1750000000",
            "x-auth-roles=admin,a%2Cb",
            "x-auth-permissions=docs:read,docs:write",
            "x-auth-entitlements=audit-logs",
            "x-auth-feature-flags=beta",
        ]);
    }

    [Fact]
    public void A_claim_that_is_absent_has_no_header() =>
        For(_session with { User = null }, new AccessTokenClaims { Subject = "user_1", ExpiresAt = DateTimeOffset.UnixEpoch })
            .Headers.Select(header => header.Name).ShouldBe(["x-auth-user-id"]);

    [Fact]
    public void A_header_may_be_renamed_or_turned_off()
    {
        var names = IdentityHeaderNames.Off with { UserId = "x-user" };

        new IdentityHeaders(names).For(_session, _claims).Headers.Select(header => header.Name).ShouldBe(["x-user"]);
        names.InUse.ShouldBe(["x-user"]);
        IdentityHeaderNames.Off.InUse.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(IdentityHeaders.LongestValue, true)]
    [InlineData(IdentityHeaders.LongestValue + 1, false)]
    public void A_value_beyond_the_limit_is_left_out_and_named(int length, bool fits)
    {
        var (headers, leftOut) = For(_session, _claims with { Permissions = [new string('p', length)] });

        headers.Any(header => header.Name is "x-auth-permissions").ShouldBe(fits);
        leftOut.ShouldBe(fits ? [] : ["x-auth-permissions"]);
        headers.ShouldContain(header => header.Name == "x-auth-feature-flags");
    }

    [Fact]
    public void The_encoded_size_counts() =>
        For(_session, _claims with { Permissions = [new string('é', IdentityHeaders.LongestValue / 3)] }).LeftOut.ShouldBe(["x-auth-permissions"]);

    [Fact]
    public void All_headers_together_stay_within_the_limit_and_who_the_user_is_comes_first()
    {
        ImmutableArray<string> large = [new string('x', 7000)];

        var (headers, leftOut) = For(_session, _claims with { Roles = large, Permissions = large, Entitlements = large, FeatureFlags = large });

        headers.Sum(header => header.Value.Length).ShouldBeLessThanOrEqualTo(IdentityHeaders.LargestSet);
        leftOut.ShouldBe(["x-auth-feature-flags"]);
        headers[0].Name.ShouldBe("x-auth-user-id");
    }

    private static (ImmutableArray<HeaderValue> Headers, ImmutableArray<string> LeftOut) For(Session session, AccessTokenClaims claims) =>
        new IdentityHeaders(new IdentityHeaderNames()).For(session, claims);
}
