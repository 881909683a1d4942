using System.Net;
using System.Text.RegularExpressions;

namespace ExtAuthz.Demo.Tour;

/// <summary>The one form of a page, filled in and sent by a browser without script.</summary>
internal static partial class Form
{
    /// <summary>Where it is sent to, and with what: every input with the answer to its name or the value it has, and the buttons that an answer presses.</summary>
    public static (Uri Action, HttpContent Content) Fill(Uri at, string page, IReadOnlyDictionary<string, string> answers)
    {
        var action = Action().Match(page);
        Expect.True(action.Success, page, "a form");
        var fields = Controls().Matches(page)
            .Select(control => (Tag: control.Groups["tag"].Value, Name: Attribute(Name(), control), Value: Attribute(Value(), control)))
            .Where(control => control.Tag is "input" || answers.ContainsKey(control.Name))
            .DistinctBy(control => control.Name, StringComparer.Ordinal)
            .Select(control => KeyValuePair.Create(control.Name, answers.GetValueOrDefault(control.Name, control.Value)));
        return (new Uri(at, Attribute(Action(), action)), new FormUrlEncodedContent([.. fields]));
    }

    private static string Attribute(Regex attribute, Match tag) => WebUtility.HtmlDecode(attribute.Match(tag.Value).Groups["value"].Value);

    [GeneratedRegex("""<form[^>]* action="(?<value>[^"]*)""", RegexOptions.NonBacktracking)]
    private static partial Regex Action();

    [GeneratedRegex("""<(?<tag>input|button)[^>]* name="[^>]*>""", RegexOptions.NonBacktracking)]
    private static partial Regex Controls();

    [GeneratedRegex(""" name="(?<value>[^"]*)""", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex(""" value="(?<value>[^"]*)""", RegexOptions.NonBacktracking)]
    private static partial Regex Value();
}
