using System.Text;

namespace ExtAuthz.Domain;

/// <summary>Writes a member of a closed set as the world reads it: <c>NotSignedIn</c> becomes <c>not_signed_in</c>.</summary>
public static class ReasonCode
{
    /// <summary>The code of a reason.</summary>
    public static string Of<T>(T reason)
        where T : struct, Enum => Codes<T>.Of[reason];

    /// <summary>The code of a name in Pascal case.</summary>
    public static string Of(string name)
    {
        var code = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && code.Length > 0)
            {
                code.Append('_');
            }

            code.Append(char.ToLowerInvariant(c));
        }

        return code.ToString();
    }

    private static class Codes<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Of = Enum.GetValues<T>().ToDictionary(value => value, value => ReasonCode.Of(value.ToString()));
    }
}
