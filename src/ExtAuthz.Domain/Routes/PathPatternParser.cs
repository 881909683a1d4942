using System.Text;
using System.Text.RegularExpressions;
using static ExtAuthz.Domain.Routes.PathPatternResult;

namespace ExtAuthz.Domain.Routes;

/// <summary>
/// Turns a path pattern into a regular expression.
/// <code>
/// pattern   = 1*( "/" / text / "*" / "**" / parameter )
/// parameter = ( ":" name [ group ] / group ) [ "*" / "+" ]   ; repeats together with the "/" or "." before it
/// name      = 1*( ALPHA / DIGIT / "_" )
/// group     = "(" regular expression without parentheses ")"
/// </code>
/// Source: path-to-regexp 6.3 with its defaults, src/index.ts <c>parse</c> and <c>tokensToRegexp</c>; the globs are ours.
/// </summary>
internal sealed class PathPatternParser(string pattern)
{
    private const string Segment = "[^/]+";

    private readonly StringBuilder _expression = new();
    private string _text = "";
    private int _position;

    /// <summary>The regular expression, once <see cref="Parse"/> found no fault.</summary>
    public string Expression => _expression.ToString();

    /// <summary>Whether the pattern had no wildcard.</summary>
    public bool IsLiteral { get; private set; } = true;

    /// <summary>Reads the whole pattern; the answer is what is wrong with it, if anything.</summary>
    public Invalid? Parse()
    {
        Invalid? fault = null;
        while (fault is null && _position < pattern.Length)
        {
            fault = pattern[_position] switch
            {
                '*' => ReadGlob(),
                ':' or '(' => ReadParameter(),
                '+' => new("It has a '+' that repeats nothing.", "For a plus sign write ([+])."),
                ')' => new("It has a ')' without its '('.", "Remove it, or open the group."),
                _ => ReadText(),
            };
        }

        AppendText();
        return fault;
    }

    private Invalid? ReadText()
    {
        _text += pattern[_position++];
        return null;
    }

    private Invalid? ReadGlob()
    {
        if (_text.Length == 0)
        {
            return TwoWildcards();
        }

        if (!Take('*') || !Take('*'))
        {
            AppendWildcard("", Segment);
            return null;
        }

        if (!_text.EndsWith('/') || (_position < pattern.Length && pattern[_position] != '/'))
        {
            return new("It has a '**' that is only a part of a segment.", "Write '*' inside a segment, and '**' between slashes.");
        }

        AppendWildcard(TakePrefix(), Segment, "*");
        return null;
    }

    private Invalid? ReadParameter()
    {
        if (Take(':') && !TakeName())
        {
            return new("It has a ':' without a name.", "Name the parameter, such as :id; for a colon write ([:]).");
        }

        var isGroup = Take('(');
        if (!isGroup && _text.Length == 0)
        {
            return TwoWildcards();
        }

        var expression = isGroup ? TakeGroup() : SegmentWithout(_text);
        if (expression is null)
        {
            return new("It has a '(' that does not start a regular expression closed by the next parenthesis.", "Write groups as (one|other) or ([0-9]+); they can not be nested.");
        }

        var prefix = TakePrefix();
        var repeat = Take('*') ? "*" : Take('+') ? "+" : "";
        if (repeat.Length > 0 && prefix.Length == 0)
        {
            return new("It repeats a parameter that is only a part of a segment.", "Repeat whole segments, such as /:path*.");
        }

        AppendWildcard(prefix, expression, repeat);
        return null;
    }

    private static Invalid TwoWildcards() => new("It has two wildcards without text between them.", "Put text between them, or write one.");

    private bool Take(char expected)
    {
        var found = _position < pattern.Length && pattern[_position] == expected;
        _position += found ? 1 : 0;
        return found;
    }

    private bool TakeName()
    {
        var start = _position;
        while (_position < pattern.Length && (char.IsAsciiLetterOrDigit(pattern[_position]) || pattern[_position] == '_'))
        {
            _position++;
        }

        return _position > start;
    }

    /// <summary>The rest of a group, or null when it is not a valid one.</summary>
    private string? TakeGroup()
    {
        var start = _position;
        var length = pattern.AsSpan(start).IndexOfAny('(', ')');
        if (length < 1 || pattern[start + length] == '(')
        {
            return null;
        }

        _position += length + 1;
        var group = pattern[start..(start + length)];
        return IsExpression(group) ? group : null;
    }

    private static bool IsExpression(string group)
    {
        try
        {
            _ = new Regex(group, RegexOptions.NonBacktracking);
            return true;
        }
        catch (RegexParseException)
        {
            return false;
        }
    }

    /// <summary>The <c>/</c> or <c>.</c> before a parameter, which is repeated with it.</summary>
    private string TakePrefix()
    {
        var prefix = _text.EndsWith('/') || _text.EndsWith('.') ? _text[^1..] : "";
        _text = _text[..^prefix.Length];
        return prefix;
    }

    /// <summary>A parameter ends where the one character before it comes again: in <c>/:a-:b</c>, b has no <c>-</c>.</summary>
    private static string SegmentWithout(string text) => text switch
    {
        [.., '.'] => "[^/.]+",
        [not '/'] => $"[^/\\u{(int)text[0]:x4}]+",
        _ => Segment,
    };

    private void AppendWildcard(string prefix, string expression, string repeat = "")
    {
        IsLiteral = false;
        AppendText();
        _expression.Append($"(?:{Regex.Escape(prefix)}(?:{expression})){repeat}");
    }

    private void AppendText()
    {
        _expression.Append(Regex.Escape(_text));
        _text = "";
    }
}
