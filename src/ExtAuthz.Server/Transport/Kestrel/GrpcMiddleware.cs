using System.Collections.Frozen;
using System.Globalization;
using Google.Protobuf;
using Microsoft.AspNetCore.Http.Features;

namespace ExtAuthz.Server.Transport.Kestrel;

/// <summary>
/// gRPC over HTTP2 (grpc/doc/PROTOCOL-HTTP2.md) for calls with one request message.
/// What comes over HTTP/1.1 is for other endpoints and goes on.
/// </summary>
internal sealed class GrpcMiddleware(RequestDelegate next, IEnumerable<IGrpcMethod> methods, TimeProvider time, ILogger<GrpcMiddleware> log)
{
    private const string GrpcContentType = "application/grpc";

    private readonly FrozenDictionary<string, IGrpcMethod> _methods = methods.ToFrozenDictionary(method => method.Path, StringComparer.Ordinal);

    public Task InvokeAsync(HttpContext http)
    {
        if (!HttpProtocol.IsHttp2(http.Request.Protocol))
        {
            return next(http);
        }

        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = HttpMethods.Post;
            return RefuseAsync(http, StatusCodes.Status405MethodNotAllowed);
        }

        if (!IsGrpc(http.Request.ContentType))
        {
            return RefuseAsync(http, StatusCodes.Status415UnsupportedMediaType);
        }

        // The raw target, so that only the exact path is a method.
        if (!_methods.TryGetValue(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, out var method))
        {
            return RefuseAsync(http, GrpcStatus.UnknownMethod);
        }

        return GrpcTimeout.TryParse(http.Request.Headers.GrpcTimeout, out var timeLeft)
            ? AnswerAsync(http, method, timeLeft)
            : RefuseAsync(http, GrpcStatus.InvalidTimeout);
    }

    /// <summary><c>application/grpc</c> or <c>application/grpc+proto</c>, with or without parameters; no <c>grpc-web</c>, no <c>grpc+json</c>.</summary>
    private static bool IsGrpc(string? contentType)
    {
        if (contentType is GrpcContentType)
        {
            return true;
        }

        var mediaType = contentType.AsSpan();
        var parameters = mediaType.IndexOf(';');
        mediaType = (parameters < 0 ? mediaType : mediaType[..parameters]).TrimEnd();
        return mediaType.Equals(GrpcContentType, StringComparison.OrdinalIgnoreCase)
            || mediaType.Equals("application/grpc+proto", StringComparison.OrdinalIgnoreCase);
    }

    private async Task AnswerAsync(HttpContext http, IGrpcMethod method, TimeSpan? timeLeft)
    {
        using var deadline = new Deadline(timeLeft, time, http.RequestAborted);
        GrpcStatus status;
        try
        {
            status = await InvokeAsync(http, method, timeLeft, deadline.Token);
        }
        catch (InvalidProtocolBufferException) // an IOException, so it comes first
        {
            status = GrpcStatus.MalformedMessage;
        }
        catch (Exception exception) when (http.RequestAborted.IsCancellationRequested || exception is IOException)
        {
            http.Abort(); // the client has gone, or sends slower than Kestrel bears
            return;
        }
        catch (Exception) when (deadline.Token.IsCancellationRequested)
        {
            status = GrpcStatus.DeadlineExceeded;
        }
        catch (Exception exception)
        {
            Log.GrpcCallFailed(log, exception);
            status = GrpcStatus.Fault;
        }

        End(http.Response, status);
    }

    private async ValueTask<GrpcStatus> InvokeAsync(HttpContext http, IGrpcMethod method, TimeSpan? timeLeft, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var encoding = http.Request.Headers.GrpcEncoding;
        var frame = await RequestFrame.ReadAsync(http.Request.BodyReader, encoding.Count > 0 && encoding != "identity", cancellation);
        if (frame.Status != GrpcStatus.Ok)
        {
            await RequestFrame.DrainAsync(http.Request.BodyReader, time);
            return frame.Status;
        }

        http.Response.ContentType = GrpcContentType;
        return await method.InvokeAsync(new GrpcCall(frame.Message, timeLeft, http.Response, cancellation));
    }

    private async Task RefuseAsync(HttpContext http, int httpStatus)
    {
        await RequestFrame.DrainAsync(http.Request.BodyReader, time);
        http.Response.StatusCode = httpStatus;
    }

    private async Task RefuseAsync(HttpContext http, GrpcStatus status)
    {
        await RequestFrame.DrainAsync(http.Request.BodyReader, time);
        End(http.Response, status);
    }

    /// <summary>Ends with the status in trailers, or in the only headers when there was no message ("Trailers-Only").</summary>
    private static void End(HttpResponse response, GrpcStatus status)
    {
        var isTrailersOnly = status != GrpcStatus.Ok && !response.HasStarted;
        var fields = isTrailersOnly ? response.Headers : response.HttpContext.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers;
        fields.GrpcStatus = status.Code.ToString(CultureInfo.InvariantCulture);
        if (isTrailersOnly)
        {
            response.ContentType = GrpcContentType;
        }

        if (status != GrpcStatus.Ok)
        {
            fields.GrpcMessage = GrpcMessage.Encode(status.Message);
        }

        if (status == GrpcStatus.Compressed)
        {
            fields.GrpcAcceptEncoding = "identity";
        }
    }
}
