using System.Text;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Domain.Tests.Fakes;

/// <summary>Requests as Envoy would describe them.</summary>
internal static class Requests
{
    private static readonly ReservedHeaders Reserved = new(new IdentityHeaderNames().InUse);

    /// <summary>A request with these headers, read as the service reads them.</summary>
    public static IncomingRequest To(string target, params (string Name, string Value)[] headers) => new()
    {
        Method = "GET",
        Target = RequestTarget.Parse(target),
        Host = "app.example.com",
        RequestId = "request-1",
        Headers = Read(headers),
    };

    /// <summary>A browser that navigates.</summary>
    public static IncomingRequest Document(string target, params string[] cookies) => Of(ClientKind.Document, target, cookies);

    /// <summary>The client of this kind.</summary>
    public static IncomingRequest Of(ClientKind kind, string target, params string[] cookies) => To(
        target,
        [
            .. kind switch
            {
                ClientKind.Document => [("accept", "text/html,*/*"), ("sec-fetch-mode", "navigate")],
                ClientKind.Prefetch => [("accept", "text/html,*/*"), ("sec-purpose", "prefetch")],
                ClientKind.Grpc => [("content-type", "application/grpc")],
                _ => new[] { ("accept", "application/json") },
            },
            .. cookies.Select(cookie => ("cookie", cookie)),
        ]);

    private static RequestHeaders Read(IEnumerable<(string Name, string Value)> headers)
    {
        var read = new RequestHeaders();
        foreach (var (name, value) in headers)
        {
            var bytes = Encoding.ASCII.GetBytes(name);
            if (Reserved.Contains(bytes))
            {
                read.AddReserved(name);
            }
            else if (KnownHeaders.TryFind(bytes, out var known))
            {
                read.Add(known, value);
            }
        }

        return read;
    }
}
