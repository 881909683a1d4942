using ExtAuthz.FakeWorkOS.Accounts;
using ExtAuthz.FakeWorkOS.Http;

namespace ExtAuthz.FakeWorkOS.Authorization;

/// <summary>The codes that wait for their exchange: single use, ten minutes (RFC 6749 section 4.1.2), at most ten thousand.</summary>
internal sealed class AuthorizationCodes(TimeProvider clock)
{
    private const int Capacity = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, AuthorizationCode> _codes = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldestFirst = new();

    public string Issue(FakeUser user, string? organizationId, string codeChallenge)
    {
        var code = Identifiers.New("");
        lock (_gate)
        {
            _codes[code] = new AuthorizationCode(user, organizationId, codeChallenge, clock.GetUtcNow() + Lifetime);
            _oldestFirst.Enqueue(code);
            if (_oldestFirst.Count > Capacity)
            {
                _codes.Remove(_oldestFirst.Dequeue());
            }
        }

        return code;
    }

    /// <summary>Uses a code up; nothing for one that is unknown, used or expired.</summary>
    public AuthorizationCode? Take(string code)
    {
        lock (_gate)
        {
            return _codes.Remove(code, out var taken) && clock.GetUtcNow() < taken.ExpiresAt ? taken : null;
        }
    }
}
