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
