namespace ExtAuthz.Redis.Tests.Servers;

/// <summary>A value of RESP2, Redis' protocol. Bytes appear as Latin-1.</summary>
/// <param name="Text">The text or number; null for a list or nil.</param>
/// <param name="Items">The items of a list; empty for anything else.</param>
internal sealed record RespValue(string? Text, IReadOnlyList<RespValue> Items)
{
    /// <summary>The texts of a list.</summary>
    public IEnumerable<string> Texts => Items.Select(item => item.Text ?? "");
}
