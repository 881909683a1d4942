using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace ExtAuthz.FakeWorkOS.Keys;

/// <summary>The published signing keys; the first one signs.</summary>
public sealed class KeyRing
{
    private volatile ImmutableList<SigningKey> published = [new()];

    /// <summary>Signs with a new key from now on. With overlap the key before it stays published, without it only the new one is.</summary>
    public void Rotate(bool overlap)
    {
        var next = new SigningKey();
        var current = published[0];
        published = overlap ? [next, current] : [next];
    }

    internal string Sign(JsonObject payload) => published[0].Sign(payload);

    internal JsonObject ToJwks() => new() { ["keys"] = new JsonArray([.. published.Select(key => key.ToJwk())]) };
}
