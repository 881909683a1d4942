using System.Security.Cryptography;
using System.Text;

namespace ExtAuthz.FakeWorkOS.Http;

/// <summary>The frame of every page: one style sheet, allowed by its hash, and nothing else that could load or run.</summary>
internal static class HtmlPage
{
    private const string Style = """
        :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
        body { margin: 0; display: grid; place-items: center; min-height: 100vh;
          color: light-dark(#1c1e26, #eceef4); background: light-dark(#f4f5f8, #14161c); }
        main { box-sizing: border-box; width: min(26rem, 100%); padding: 2rem 1.5rem; overflow-wrap: anywhere; }
        h1 { margin: 0 0 .5rem; font-size: 1.5rem; }
        form { display: grid; gap: .6rem; margin-top: 1.5rem; }
        button { padding: .7rem 1rem; text-align: left; font: inherit; color: inherit; cursor: pointer; border-radius: .5rem;
          border: 1px solid light-dark(#767b8c, #8b90a3); background: light-dark(#fff, #1e212b); }
        button:hover { border-color: light-dark(#3b4cca, #9fabff); }
        button:focus-visible { outline: 3px solid light-dark(#3b4cca, #9fabff); outline-offset: 2px; }
        button strong, button small { display: block; }
        button.cancel { text-align: center; border-color: transparent; background: none; text-decoration: underline; }
        """;

    private static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <summary>Writes a page. Its forms may post here and, because browsers check redirects of a form too, end at <paramref name="formTarget"/>.</summary>
    public static Task WriteAsync(HttpResponse response, int status, string title, Html main, string formTarget = "")
    {
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'sha256-{StyleHash}'; form-action 'self' {formTarget}; frame-ancestors 'none'; base-uri 'none'";
        var page = Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <style>{new Html(Style)}</style>
            </head>
            <body>
            <main>
            <h1>{title}</h1>
            {main}
            </main>
            </body>
            </html>
            """);
        return response.WriteAsync(page.Text, response.HttpContext.RequestAborted);
    }
}
