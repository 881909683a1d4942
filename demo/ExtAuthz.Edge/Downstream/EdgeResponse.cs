using ExtAuthz.Edge.Headers;
using Microsoft.Extensions.Primitives;

namespace ExtAuthz.Edge.Downstream;

/// <summary>A whole answer, ready for the wire.</summary>
internal sealed record EdgeResponse(int Status, HeaderList Headers, byte[] Body)
{
    public async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = Status;
        WriteHeaders(Headers, response);
        if (Body.Length > 0)
        {
            await response.Body.WriteAsync(Body, cancellationToken);
        }
    }

    /// <summary>Every line of its own, so that several <c>set-cookie</c> stay apart.</summary>
    public static void WriteHeaders(HeaderList headers, HttpResponse response)
    {
        foreach (var (name, value) in headers.Lines)
        {
            response.Headers[name] = StringValues.Concat(response.Headers[name], value);
        }
    }
}
