using System.Collections.Immutable;
using System.Text;
using ExtAuthz.Edge.Headers;

namespace ExtAuthz.Edge.Downstream;

/// <summary>An answer made by the gateway itself (<c>sendLocalReply</c>).</summary>
/// <param name="Details">The response code details for the access log.</param>
internal sealed record LocalReply(int Status, string Details)
{
    public ImmutableArray<Header> Headers { get; init; } = [];

    public string Body { get; init; } = "";

    /// <summary>The reply in the form that this client understands (<c>Utility::prepareLocalReply</c>).</summary>
    public EdgeResponse For(DownstreamRequest request)
    {
        var headers = HeaderList.From(Headers.Where(header => !header.Name.StartsWith(':'))).Remove("content-length");
        if (request.IsGrpc)
        {
            return ForGrpc(headers);
        }

        if (Body.Length == 0)
        {
            return new EdgeResponse(Status, headers.Remove("content-type"), []);
        }

        var body = Encoding.UTF8.GetBytes(Body);
        headers = headers.Contains("content-type") ? headers : headers.Add("content-type", "text/plain");
        return new EdgeResponse(Status, headers.Add("content-length", $"{body.Length}"), request.IsHead ? [] : body);
    }

    private EdgeResponse ForGrpc(HeaderList headers)
    {
        headers = headers.Set("content-type", "application/grpc");
        headers = headers.Contains("grpc-status") ? headers : headers.Add("grpc-status", $"{GrpcStatus}");
        return new EdgeResponse(
            StatusCodes.Status200OK,
            Body.Length == 0 ? headers : headers.Set("grpc-message", PercentEncode(Body)),
            []);
    }

    // Grpc::Utility::httpToGrpcStatus
    private int GrpcStatus => Status switch
    {
        400 => 13,
        401 => 16,
        403 => 7,
        404 => 12,
        429 or 502 or 503 or 504 => 14,
        _ => 2,
    };

    // The Percent-Encoded rule of the gRPC HTTP/2 specification.
    private static string PercentEncode(string message)
    {
        var text = new StringBuilder(message.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(message))
        {
            _ = octet is >= 0x20 and <= 0x7E and not (byte)'%' ? text.Append((char)octet) : text.Append($"%{octet:X2}");
        }

        return text.ToString();
    }
}
