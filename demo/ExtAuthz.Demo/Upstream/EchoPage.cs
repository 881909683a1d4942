using System.Security.Cryptography;
using System.Text;
using ExtAuthz.FakeWorkOS.Http;

namespace ExtAuthz.Demo.Upstream;

/// <summary>The page that shows a request. One style sheet is allowed, by its hash, and nothing else that could load or run.</summary>
internal static class EchoPage
{
    private const string Style = """
        :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
        body { margin: 0; color: light-dark(#1c1e26, #eceef4); background: light-dark(#f4f5f8, #14161c); }
        main { box-sizing: border-box; max-width: 60rem; margin: 0 auto; padding: 2rem 1.5rem; overflow-wrap: anywhere; }
        h1 { margin: 0; font-size: 1.6rem; }
        h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
        nav { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; margin: 1.5rem 0; }
        a { color: light-dark(#3b4cca, #9fabff); }
        a:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
        table { width: 100%; border-collapse: collapse; }
        th, td { padding: .35rem .75rem .35rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid light-dark(#d5d8e2, #333745); }
        th { width: 14rem; font-weight: 600; }
        td { font-family: ui-monospace, monospace; font-size: .9rem; }
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Writes the page.</summary>
    public static Task WriteAsync(HttpResponse response, ReceivedRequest request)
    {
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return response.WriteAsync(Page(request).Text, response.HttpContext.RequestAborted);
    }

    private static Html Page(ReceivedRequest request)
    {
        var title = request["x-auth-user-id"] is { } user ? $"You are {request["x-auth-email"] ?? user}" : "Nobody is signed in";
        return Html.Of($"""
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
            <p>This service has no sign-in code. It believes the <code>x-auth-*</code> headers, because only the gateway can send them.</p>
            <nav>
            <a href="/">Public page</a>
            <a href="/account">Protected page</a>
            <a href="/sign-in">Sign in</a>
            <a href="/sign-up-here">Sign up</a>
            </nav>
            {Identity(request)}
            <h2>{request.Method} {request.Target}</h2>
            {Table(request.Headers.Select(header => (header.Key, string.Join('\n', header.Value))))}
            <p><a href="/sign-out">Sign out</a></p>
            </main>
            </body>
            </html>
            """);
    }

    // Identity headers are percent-encoded where a claim is not plain ASCII.
    private static Html Identity(ReceivedRequest request) => request["x-auth-user-id"] is null
        ? Html.Empty
        : Html.Of($"<h2>Who you are</h2>{Table(request.Identity.Select(header => (header.Key["x-auth-".Length..], Uri.UnescapeDataString(string.Join(", ", header.Value)))))}");

    private static Html Table(IEnumerable<(string Name, string Value)> rows) =>
        Html.Of($"<table>{Html.Join(rows.Select(row => Html.Of($"<tr><th scope=\"row\">{row.Name}</th><td>{row.Value}</td></tr>")))}</table>");
}
