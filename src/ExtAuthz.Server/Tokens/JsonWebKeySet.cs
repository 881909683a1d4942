using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ExtAuthz.Server.Tokens;

/// <summary>The usable keys of one provider at one time (RFC 7517 section 5).</summary>
internal sealed class JsonWebKeySet
{
    private readonly FrozenDictionary<string, JsonWebKey> _byId;
    private readonly FrozenSet<string> _identities;

    /// <summary>Holds <paramref name="keys"/>, whose ids, where they have one, differ.</summary>
    public JsonWebKeySet(ImmutableArray<JsonWebKey> keys)
    {
        Keys = keys;
        _byId = keys.Where(static key => key.KeyId is not null).ToFrozenDictionary(static key => key.KeyId!, StringComparer.Ordinal); // filtered
        _identities = keys.Select(static key => key.Identity).ToFrozenSet(StringComparer.Ordinal);
    }

    public ImmutableArray<JsonWebKey> Keys { get; }

    public int Count => Keys.Length;

    /// <summary>The key that a token's header names: by its id, or without one the only key that fits the algorithm (rule J8).</summary>
    public JsonWebKey? Find(string? keyId, SignatureAlgorithm algorithm) =>
        keyId is null ? OnlyOneFor(algorithm)
        : _byId.TryGetValue(keyId, out var key) && key.Fits(algorithm) ? key
        : null;

    /// <summary>Whether a key of any algorithm has this id.</summary>
    public bool Contains(string? keyId) => keyId is not null && _byId.ContainsKey(keyId);

    /// <summary>Whether both sets hold the same keys, in whatever order.</summary>
    public bool HasSameKeysAs(JsonWebKeySet other) => _identities.SetEquals(other._identities);

    /// <summary>Whether an id of this set is in the other.</summary>
    public bool SharesAKeyIdWith(JsonWebKeySet other) => _byId.Keys.Any(other.Contains);

    private JsonWebKey? OnlyOneFor(SignatureAlgorithm algorithm)
    {
        JsonWebKey? only = null;
        foreach (var key in Keys)
        {
            if (key.Fits(algorithm))
            {
                if (only is not null)
                {
                    return null;
                }

                only = key;
            }
        }

        return only;
    }
}
