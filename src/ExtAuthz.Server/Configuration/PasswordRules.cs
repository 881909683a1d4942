using System.Globalization;
using ExtAuthz.Server.Sessions;

namespace ExtAuthz.Server.Configuration;

/// <summary>Rules for the passwords that seal cookies.</summary>
internal static class PasswordRules
{
    /// <summary>The fix for a password that is none.</summary>
    public const string NewPassword = "Make one with: openssl rand -base64 32";

    private const string Option = nameof(AuthkitOptions.CookiePassword);

    /// <summary>The passwords; null after adding a fault.</summary>
    public static PasswordRing? Apply(IReadOnlyDictionary<string, string> written, int? sealing, ConfigurationFaults faults)
    {
        if (written.Count is 0)
        {
            faults.Add(Option, "You must provide a valid cookie password that is at least 32 characters.", NewPassword);
        }

        var passwords = new Dictionary<int, string>();
        foreach (var (id, secret) in written)
        {
            if (secret.Length < PasswordRing.MinLength)
            {
                faults.Add(ConfigurationPath.Combine(Option, id), $"You must provide a valid cookie password that is at least 32 characters. This one has {secret.Length}.", NewPassword);
            }
            else if (ReadId(id) is { } number)
            {
                passwords.Add(number, secret);
            }
            else
            {
                faults.Add(Option, "A password's number is not a whole number of at least 1.", "Number the passwords 1, 2, 3 …; the highest seals.");
            }
        }

        if (passwords.Count != written.Count || written.Count is 0)
        {
            return null;
        }

        if (sealing is { } chosen && !passwords.ContainsKey(chosen))
        {
            faults.Add(nameof(AuthkitOptions.CookiePasswordId), "There is no password of this number.", "Write the number of one of the passwords, or leave it out: then the highest seals.");
            return null;
        }

        return new PasswordRing(passwords, sealing);
    }

    /// <summary>The number as iron writes it: no sign, no leading zero.</summary>
    private static int? ReadId(string id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && id[0] is not '0' ? number : null;
}
