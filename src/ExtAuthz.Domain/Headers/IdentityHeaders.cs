using System.Collections.Immutable;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Headers;

/// <summary>Turns a verified session into headers for the upstream, once a session.</summary>
/// <param name="names">The plain headers in use.</param>
public sealed class IdentityHeaders(IdentityHeaderNames names)
{
    /// <summary>Longer values are left out: Envoy bounds all headers of a request to 60 KiB.</summary>
    public const int LongestValue = 8 * 1024;

    /// <summary>Past this many bytes in all, further headers are left out.</summary>
    public const int LargestSet = 24 * 1024;

    /// <summary>The headers of a session, the most important first, and the names of those left out for their size.</summary>
    public (ImmutableArray<HeaderValue> Headers, ImmutableArray<string> LeftOut) For(Session session, AccessTokenClaims claims)
    {
        var headers = ImmutableArray.CreateBuilder<HeaderValue>();
        var leftOut = ImmutableArray.CreateBuilder<string>();
        var size = 0;

        Add(names.UserId, HeaderText.Encode(claims.Subject));
        Add(names.SessionId, HeaderText.Encode(claims.SessionId ?? ""));
        Add(names.OrgId, HeaderText.Encode(claims.OrganizationId ?? ""));
        Add(names.Role, HeaderText.Encode(claims.Role ?? ""));
        Add(names.Email, HeaderText.Encode(session.User?.Email ?? ""));
        Add(names.Impersonator, HeaderText.Encode(session.Impersonator?.Email ?? ""));
        Add(names.AuthTime, claims.AuthenticatedAt?.ToUnixTimeSeconds().ToString() ?? "");
        Add(names.Roles, HeaderText.Encode(claims.Roles));
        Add(names.Permissions, HeaderText.Encode(claims.Permissions));
        Add(names.Entitlements, HeaderText.Encode(claims.Entitlements));
        Add(names.FeatureFlags, HeaderText.Encode(claims.FeatureFlags));
        return (headers.ToImmutable(), leftOut.ToImmutable());

        void Add(string? name, string value)
        {
            if (name is null || value.Length == 0)
            {
                return;
            }

            if (value.Length > LongestValue || size + value.Length > LargestSet)
            {
                leftOut.Add(name);
                return;
            }

            size += value.Length;
            headers.Add(new HeaderValue(name, value));
        }
    }
}
