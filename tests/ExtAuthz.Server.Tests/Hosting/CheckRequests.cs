using Envoy.Service.Auth.V3;

namespace ExtAuthz.Server.Tests.Hosting;

/// <summary>Requests as Envoy would tell them.</summary>
internal static class CheckRequests
{
    /// <summary>A browser's navigation to a path of the site.</summary>
    public static CheckRequest Document(string path, string? cookie = null)
    {
        var request = Get(path, cookie);
        request.Attributes.Request.Http.Headers["accept"] = "text/html,*/*;q=0.8";
        return request;
    }

    /// <summary>A visit that a page of our own site caused: a link, or a form for any method but GET.</summary>
    public static CheckRequest Own(string method, string path, string? cookie = null) =>
        Document(path, cookie).Because(method, "same-origin", method is "GET" ? null : "https://app.example.com");

    /// <summary>The same with another method, and with what browsers say of the page that caused it (W3C Fetch Metadata, Fetch standard).</summary>
    public static CheckRequest Because(this CheckRequest request, string method, string? fetchSite, string? origin)
    {
        var http = request.Attributes.Request.Http;
        http.Method = method;
        foreach (var (name, value) in new[] { ("sec-fetch-site", fetchSite), ("origin", origin) })
        {
            if (value is not null)
            {
                http.Headers[name] = value;
            }
        }

        return request;
    }

    /// <summary>A script's request to a path of the site.</summary>
    public static CheckRequest Get(string path, string? cookie = null)
    {
        var http = new AttributeContext.Types.HttpRequest { Id = "1", Method = "GET", Path = path, Host = "app.example.com", Scheme = "https", Protocol = "HTTP/2" };
        if (cookie is not null)
        {
            http.Headers["cookie"] = cookie;
        }

        return new CheckRequest { Attributes = new AttributeContext { Request = new AttributeContext.Types.Request { Http = http } } };
    }
}
