using System.Text.Json.Nodes;
using ExtAuthz.FakeWorkOS.FaultInjection;
using ExtAuthz.FakeWorkOS.Http;
using ExtAuthz.FakeWorkOS.Keys;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace ExtAuthz.FakeWorkOS.Sessions;

/// <summary>Makes access tokens with the claims that WorkOS puts into them.</summary>
public sealed class AccessTokens(FakeWorkOSOptions options, KeyRing keys, Faults faults, IServer server, TimeProvider clock)
{
    internal string Create(Session session, string? organizationId)
    {
        var now = clock.GetUtcNow();
        var claims = new JsonObject
        {
            ["iss"] = options.Issuer ?? $"{ListeningAddress}/user_management/{options.ClientId}",
            ["sub"] = session.User.Id,
            ["sid"] = session.Id,
            ["jti"] = Identifiers.New(""),
            ["client_id"] = options.ClientId,
            ["auth_time"] = session.AuthenticatedAt.ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + faults.AccessTokenLifetime).ToUnixTimeSeconds(),
        };
        if (organizationId is not null)
        {
            claims["org_id"] = organizationId;
        }

        if (session.User.MembershipIn(organizationId) is { } membership)
        {
            claims["role"] = membership.Role;
            AddList(claims, "roles", membership.Roles);
            AddList(claims, "permissions", membership.Permissions);
            AddList(claims, "entitlements", membership.Entitlements);
            AddList(claims, "feature_flags", membership.FeatureFlags);
        }

        if (session.User.Impersonator is { } impersonator)
        {
            claims["act"] = new JsonObject { ["sub"] = impersonator.Email };
        }

        return keys.Sign(claims);
    }

    private string ListeningAddress => server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();

    private static void AddList(JsonObject claims, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            claims[name] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]);
        }
    }
}
