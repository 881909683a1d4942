namespace ExtAuthz.Server.Configuration;

/// <summary>
/// One line of text for one or several cookie passwords: <c>secret</c>, or <c>1:old secret,2:new secret</c>.
/// Text that begins with digits and a colon is the second form, whose secrets hold no comma.
/// </summary>
internal static class CookiePasswordText
{
    /// <summary>The id that iron-session gives a password which has none.</summary>
    private const string OnlyId = "1";

    /// <summary>Splits the text into ids and secrets; a part that is not <c>id:secret</c> has an empty id.</summary>
    public static IEnumerable<(string Id, string Secret)> Split(string text) =>
        IdOf(text) is "" ? [(OnlyId, text)] : text.Split(',').Select(part => IdOf(part) is var id and not "" ? (id, part[(id.Length + 1)..]) : ("", part));

    private static string IdOf(string part)
    {
        var colon = part.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && part.AsSpan(0, colon).IndexOfAnyExceptInRange('0', '9') < 0 ? part[..colon] : "";
    }
}
