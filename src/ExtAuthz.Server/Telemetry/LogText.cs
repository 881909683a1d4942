using System.Buffers;

namespace ExtAuthz.Server.Telemetry;

/// <summary>Makes what a client wrote fit for a log line: one line, printable, bounded.</summary>
internal static class LogText
{
    private const int Longest = 512;
    private static readonly SearchValues<char> Printable = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c)]);

    /// <summary>The text with everything else than printable ASCII as a question mark, cut after 512 characters.</summary>
    public static string Of(string text)
    {
        var shown = text.Length > Longest ? text[..Longest] : text;
        return shown.AsSpan().ContainsAnyExcept(Printable)
            ? string.Create(shown.Length, shown, static (printable, source) =>
            {
                for (var i = 0; i < printable.Length; i++)
                {
                    printable[i] = Printable.Contains(source[i]) ? source[i] : '?';
                }
            })
            : shown;
    }
}
