using System.Text.Encodings.Web;

namespace ExtAuthz.FakeWorkOS.Http;

/// <summary>Finished HTML. Values come into it only through <see cref="Of"/>, which encodes everything that is not HTML already.</summary>
internal readonly record struct Html(string Text)
{
    public static readonly Html Empty = new("");

    public static Html Of(FormattableString template) =>
        new(string.Format(null, template.Format, [.. template.GetArguments().Select(Encode)]));

    public static Html Join(IEnumerable<Html> parts) => new(string.Join('\n', parts.Select(part => part.Text)));

    public override string ToString() => Text;

    private static string Encode(object? value) => value is Html html ? html.Text : HtmlEncoder.Default.Encode(value?.ToString() ?? "");
}
