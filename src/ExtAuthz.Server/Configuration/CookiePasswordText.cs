namespace ExtAuthz.Server.Configuration;

/// <summary>
/// One line of text for one or several cookie passwords: <c>secret</c>, or <c>1:old secret,2:new secret</c>.
/// Text that begins with digits and a colon is the second form, whose secrets hold no comma.
/// </summary>
internal static class CookiePasswordText
{
    private const string Option = nameof(AuthkitOptions.CookiePassword);

    /// <summary>The id that iron-session gives a password which has none.</summary>
    private const string OnlyId = "1";

    /// <summary>Puts what stands in one line under its ids.</summary>
    public static void Split(Dictionary<string, string?> written, ConfigurationFaults faults)
    {
        if (!written.Remove(Option, out var text) || string.IsNullOrEmpty(text))
        {
            return;
        }

        foreach (var (id, secret) in Split(text))
        {
            if (id is "")
            {
                faults.Add(Option, "A part of it is not id:secret.", "Write 1:old,2:new, without a comma in a secret.");
            }
            else if (!written.TryAdd(ConfigurationPath.Combine(Option, id), secret))
            {
                faults.Add(Option, $"Number {id} has two secrets.", "Give each secret a number of its own, the newest the highest.");
            }
        }
    }

    /// <summary>Splits the text into ids and secrets; a part that is not <c>id:secret</c> has an empty id.</summary>
    private static IEnumerable<(string Id, string Secret)> Split(string text) =>
        IdOf(text) is "" ? [(OnlyId, text)] : text.Split(',').Select(part => IdOf(part) is var id and not "" ? (id, part[(id.Length + 1)..]) : ("", part));

    private static string IdOf(string part)
    {
        var colon = part.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && part.AsSpan(0, colon).IndexOfAnyExceptInRange('0', '9') < 0 ? part[..colon] : "";
    }
}
