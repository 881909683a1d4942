using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Fakes;

/// <summary>Believes every token of <see cref="Tokens"/> until it ends, unless told otherwise.</summary>
internal sealed class FakeVerifier(TimeProvider clock) : IAccessTokenVerifier
{
    public int KeyGeneration { get; set; } = 1;

    /// <summary>Whether there are no keys to verify with.</summary>
    public bool HasNoKeys { get; set; }

    /// <summary>Tokens that are judged in their own way.</summary>
    public ConcurrentDictionary<AccessToken, TokenVerdict> Verdicts { get; } = new();

    public int Calls { get; private set; }

    public ValueTask<TokenVerdict> VerifyAsync(AccessToken token, CancellationToken cancellationToken)
    {
        Calls++;
        return ValueTask.FromResult(HasNoKeys ? new TokenVerdict.Unverifiable() : Verdicts.GetValueOrDefault(token) ?? Judge(token));
    }

    private TokenVerdict Judge(AccessToken token)
    {
        if (Tokens.Payload(token) is not { } json)
        {
            return new TokenVerdict.Undecodable();
        }

        var (sid, organization) = (Text(json, "sid"), Text(json, "org_id"));
        var expiresAt = Time(json, "exp");
        return clock.GetUtcNow() < expiresAt
            ? new TokenVerdict.Accepted(new AccessTokenClaims
            {
                Subject = Text(json, "sub")!, // every token of Tokens has one
                SessionId = sid,
                OrganizationId = organization,
                Role = Text(json, "role"),
                ExpiresAt = expiresAt,
                AuthenticatedAt = json.GetProperty("auth_time").ValueKind is JsonValueKind.Number ? Time(json, "auth_time") : null,
                IssuedAt = Time(json, "iat"),
            })
            : new TokenVerdict.NotUsable(TokenFault.Expired, organization, sid);
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static DateTimeOffset Time(JsonElement json, string name) =>
        DateTimeOffset.Parse("1970-01-01T00:00:00Z", CultureInfo.InvariantCulture).AddSeconds(json.GetProperty(name).GetDouble());
}
