using System.Collections.Concurrent;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Fakes;

/// <summary>Believes the logout tokens that it issued.</summary>
internal sealed class FakeLogoutTokens : ILogoutTokenVerifier
{
    private readonly ConcurrentDictionary<string, LogoutClaims> _issued = new(StringComparer.Ordinal);

    /// <summary>Whether there are no keys to verify with.</summary>
    public bool HasNoKeys { get; set; }

    /// <summary>A token that says this.</summary>
    public string Issue(LogoutClaims claims)
    {
        var token = $"logout-{claims.Id}";
        _issued[token] = claims;
        return token;
    }

    public ValueTask<LogoutTokenVerdict> VerifyAsync(LogoutToken token, CancellationToken cancellationToken) => ValueTask.FromResult<LogoutTokenVerdict>(
        HasNoKeys ? new LogoutTokenVerdict.Unverifiable()
        : _issued.TryGetValue(token.Value, out var claims) ? new LogoutTokenVerdict.Accepted(claims)
        : new LogoutTokenVerdict.Refused(LogoutFault.TokenUndecodable));
}
