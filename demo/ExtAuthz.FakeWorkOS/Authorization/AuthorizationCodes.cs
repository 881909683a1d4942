using ExtAuthz.FakeWorkOS.Accounts;
using ExtAuthz.FakeWorkOS.Http;

namespace ExtAuthz.FakeWorkOS.Authorization;

/// <summary>The codes that wait for their exchange: single use, ten minutes (RFC 6749 section 4.1.2), at most ten thousand.</summary>
internal sealed class AuthorizationCodes(TimeProvider clock)
{
    private const int Capacity = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly Dictionary<string, AuthorizationCode> codes = new(StringComparer.Ordinal);
    private readonly Queue<string> oldestFirst = new();

    public string Issue(FakeUser user, string? organizationId, string codeChallenge)
    {
        var code = Identifiers.New("");
        lock (gate)
        {
            codes[code] = new AuthorizationCode(user, organizationId, codeChallenge, clock.GetUtcNow() + Lifetime);
            oldestFirst.Enqueue(code);
            if (oldestFirst.Count > Capacity)
            {
                codes.Remove(oldestFirst.Dequeue());
            }
        }

        return code;
    }

    /// <summary>Uses a code up; nothing for one that is unknown, used or expired.</summary>
    public AuthorizationCode? Take(string code)
    {
        lock (gate)
        {
            return codes.Remove(code, out var taken) && clock.GetUtcNow() < taken.ExpiresAt ? taken : null;
        }
    }
}
