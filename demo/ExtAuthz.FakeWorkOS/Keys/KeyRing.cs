using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace ExtAuthz.FakeWorkOS.Keys;

/// <summary>The published signing keys; the first one signs.</summary>
public sealed class KeyRing(FakeWorkOSOptions options)
{
    private volatile ImmutableList<SigningKey> _published = [options.SigningKey is { } key ? new SigningKey(key) : SigningKey.Generate()];

    /// <summary>Signs with a new key from now on. With overlap the key before it stays published, without it only the new one is.</summary>
    public void Rotate(bool overlap)
    {
        var next = SigningKey.Generate();
        var current = _published[0];
        _published = overlap ? [next, current] : [next];
    }

    internal string Sign(JsonObject payload) => _published[0].Sign(payload);

    internal JsonObject ToJwks() => new() { ["keys"] = new JsonArray([.. _published.Select(key => key.ToJwk())]) };
}
