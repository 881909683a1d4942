using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ExtAuthz.FakeWorkOS.Bookkeeping;

/// <summary>Counts the calls, and per refresh token what was done with it. Tokens are kept only as a prefix of their SHA-256.</summary>
public sealed class Ledger
{
    private const int Capacity = 200_000;
    private static readonly LedgerEntry NeverSeen = new(Uses: 0, Rotations: 0, Deliveries: 0);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LedgerEntry> _entries = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldestFirst = new();
    private int _authenticateCalls;
    private int _jwksCalls;

    /// <summary>Calls of the authenticate endpoint, refused and lost ones too.</summary>
    public int AuthenticateCalls => Volatile.Read(ref _authenticateCalls);

    /// <summary>Calls of the JWKS endpoints.</summary>
    public int JwksCalls => Volatile.Read(ref _jwksCalls);

    /// <summary>What happened to every refresh token that was presented, in no order.</summary>
    public IReadOnlyCollection<LedgerEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries.Values];
            }
        }
    }

    /// <summary>What happened to a refresh token; all zero for one that was never presented.</summary>
    public LedgerEntry For(string refreshToken)
    {
        lock (_gate)
        {
            return _entries.GetValueOrDefault(KeyOf(refreshToken), NeverSeen);
        }
    }

    internal void CountAuthenticateCall() => Interlocked.Increment(ref _authenticateCalls);

    internal void CountJwksCall() => Interlocked.Increment(ref _jwksCalls);

    internal void Used(string refreshToken) => Change(refreshToken, entry => entry with { Uses = entry.Uses + 1 });

    internal void Rotated(string refreshToken) => Change(refreshToken, entry => entry with { Rotations = entry.Rotations + 1 });

    internal void Delivered(string refreshToken) => Change(refreshToken, entry => entry with { Deliveries = entry.Deliveries + 1 });

    internal JsonObject ToJson()
    {
        var tokens = new JsonObject();
        lock (_gate)
        {
            foreach (var (key, entry) in _entries)
            {
                tokens[key] = new JsonObject { ["uses"] = entry.Uses, ["rotations"] = entry.Rotations, ["deliveries"] = entry.Deliveries };
            }
        }

        return new JsonObject { ["authenticate_calls"] = AuthenticateCalls, ["jwks_calls"] = JwksCalls, ["refresh_tokens"] = tokens };
    }

    private void Change(string refreshToken, Func<LedgerEntry, LedgerEntry> change)
    {
        var key = KeyOf(refreshToken);
        lock (_gate)
        {
            if (_entries.TryAdd(key, NeverSeen))
            {
                _oldestFirst.Enqueue(key);
            }

            _entries[key] = change(_entries[key]);
            if (_oldestFirst.Count > Capacity)
            {
                _entries.Remove(_oldestFirst.Dequeue());
            }
        }
    }

    private static string KeyOf(string refreshToken) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(refreshToken)).AsSpan(0, 8));
}
