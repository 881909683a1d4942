using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Domain.Pages;

/// <summary>A small calm page of our own: no script, no external resource, nothing of the request in it but what is encoded here.</summary>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Message">What it means and what to do.</param>
/// <param name="Code">The reason code to tell a helper.</param>
public sealed record Page(string Title, string Message, string Code)
{
    private const string Style =
        "body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem;color:#222;background:#fff}"
        + "a{color:#0b57d0}button{font:inherit;padding:.4rem 1rem}small{color:#555}"
        + "@media(prefers-color-scheme:dark){body{color:#eee;background:#1b1b1b}a{color:#8ab4f8}small{color:#aaa}}";

    private const string Nobody = "'none'";
    private static readonly string Policy = PolicyFor(Nobody, Nobody);

    /// <summary>Where the way back leads, on our own site; null for no link.</summary>
    public string? Link { get; init; }

    /// <summary>What the link says.</summary>
    public string LinkText { get; init; } = "Try again";

    /// <summary>After how long the page loads itself again; null for never.</summary>
    public TimeSpan? ReloadAfter { get; init; }

    /// <summary>The button to press; null for none.</summary>
    public PageForm? Form { get; init; }

    /// <summary>The origin whose pages may show this one in a frame; null for none.</summary>
    public string? FramedBy { get; init; }

    /// <summary>The headers that go with every page without a form.</summary>
    public static ImmutableArray<ResponseHeader> Headers { get; } = HeadersFor(Policy, "no-referrer");

    /// <summary>The headers that go with this page. A form needs its own site's referrer: without one the browser would hide the <c>Origin</c>.</summary>
    public ImmutableArray<ResponseHeader> OwnHeaders =>
        Form is { } form ? HeadersFor(PolicyFor($"'self' {form.LeadsTo}", Nobody), "same-origin")
        : FramedBy is { } origin ? HeadersFor(PolicyFor(Nobody, origin), "no-referrer")
        : Headers;

    /// <summary>The page as HTML.</summary>
    public string ToHtml()
    {
        var reload = ReloadAfter is { } delay ? $"<meta http-equiv=\"refresh\" content=\"{Math.Max(1, (int)Math.Ceiling(delay.TotalSeconds))}\">" : "";
        var link = Link is null ? "" : $"<p><a href=\"{WebUtility.HtmlEncode(Link)}\">{WebUtility.HtmlEncode(LinkText)}</a></p>";
        var form = Form is null ? "" : $"<form method=\"post\" action=\"{WebUtility.HtmlEncode(Form.Action)}\"><button>{WebUtility.HtmlEncode(Form.Text)}</button></form>";
        return $"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">{reload}
            <title>{WebUtility.HtmlEncode(Title)}</title><style>{Style}</style></head>
            <body><main><h1>{WebUtility.HtmlEncode(Title)}</h1><p>{WebUtility.HtmlEncode(Message)}</p>{form}{link}
            <p><small>Reason: {WebUtility.HtmlEncode(Code)}</small></p></main></body></html>
            """;
    }

    private static ImmutableArray<ResponseHeader> HeadersFor(string policy, string referrerPolicy) =>
    [
        new("content-type", "text/html; charset=utf-8"),
        new("content-security-policy", policy),
        new("referrer-policy", referrerPolicy),
        new("x-content-type-options", "nosniff"),
    ];

    private static string PolicyFor(string formAction, string frameAncestors) =>
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + $"frame-ancestors {frameAncestors}; base-uri 'none'; form-action {formAction}";
}
