using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ExtAuthz.FakeWorkOS.Bookkeeping;

/// <summary>Counts the calls, and per refresh token what was done with it. Tokens are kept only as a prefix of their SHA-256.</summary>
public sealed class Ledger
{
    private const int Capacity = 200_000;
    private static readonly LedgerEntry NeverSeen = new(Uses: 0, Rotations: 0, Deliveries: 0);

    private readonly Lock gate = new();
    private readonly Dictionary<string, LedgerEntry> entries = new(StringComparer.Ordinal);
    private readonly Queue<string> oldestFirst = new();
    private int authenticateCalls;
    private int jwksCalls;

    /// <summary>Calls of the authenticate endpoint, refused and lost ones too.</summary>
    public int AuthenticateCalls => Volatile.Read(ref authenticateCalls);

    /// <summary>Calls of the JWKS endpoints.</summary>
    public int JwksCalls => Volatile.Read(ref jwksCalls);

    /// <summary>What happened to a refresh token; all zero for one that was never presented.</summary>
    public LedgerEntry For(string refreshToken)
    {
        lock (gate)
        {
            return entries.GetValueOrDefault(KeyOf(refreshToken), NeverSeen);
        }
    }

    internal void CountAuthenticateCall() => Interlocked.Increment(ref authenticateCalls);

    internal void CountJwksCall() => Interlocked.Increment(ref jwksCalls);

    internal void Used(string refreshToken) => Change(refreshToken, entry => entry with { Uses = entry.Uses + 1 });

    internal void Rotated(string refreshToken) => Change(refreshToken, entry => entry with { Rotations = entry.Rotations + 1 });

    internal void Delivered(string refreshToken) => Change(refreshToken, entry => entry with { Deliveries = entry.Deliveries + 1 });

    internal JsonObject ToJson()
    {
        var tokens = new JsonObject();
        lock (gate)
        {
            foreach (var (key, entry) in entries)
            {
                tokens[key] = new JsonObject { ["uses"] = entry.Uses, ["rotations"] = entry.Rotations, ["deliveries"] = entry.Deliveries };
            }
        }

        return new JsonObject { ["authenticate_calls"] = AuthenticateCalls, ["jwks_calls"] = JwksCalls, ["refresh_tokens"] = tokens };
    }

    private void Change(string refreshToken, Func<LedgerEntry, LedgerEntry> change)
    {
        var key = KeyOf(refreshToken);
        lock (gate)
        {
            if (entries.TryAdd(key, NeverSeen))
            {
                oldestFirst.Enqueue(key);
            }

            entries[key] = change(entries[key]);
            if (oldestFirst.Count > Capacity)
            {
                entries.Remove(oldestFirst.Dequeue());
            }
        }
    }

    private static string KeyOf(string refreshToken) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(refreshToken)).AsSpan(0, 8));
}
