using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using System.Text;
using ExtAuthz.Edge.Downstream;
using ExtAuthz.Edge.Headers;
using ExtAuthz.Edge.Mutations;
using Microsoft.AspNetCore.Http.Features;

namespace ExtAuthz.Edge.Upstream;

/// <summary>The router filter, as a streaming proxy to one upstream: no redirects, cookies, decompression or retries of its own.</summary>
internal sealed class Forwarder(EdgeOptions options) : IDisposable
{
    // RFC 9110 section 7.6.1; te stays, for gRPC needs it.
    private static readonly FrozenSet<string> HopByHop = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    // The path goes on byte for byte; a URI parser would decode it and remove its dots.
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        EnableMultipleHttp2Connections = true,
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    });

    /// <summary>Sends the request on and streams the response back; returns the response code details.</summary>
    public async Task<string> ForwardAsync(
        HttpContext context, DownstreamRequest request, FilterDecision.Continue decision)
    {
        var aborted = context.RequestAborted;
        if (request.IsUpgrade || request.Method is "CONNECT")
        {
            return await ReplyAsync(new LocalReply(StatusCodes.Status501NotImplemented, "upgrade_not_supported"));
        }

        try
        {
            using var message = CreateMessage(context, request, decision.Headers);
            using var response = await _client.SendAsync(message, aborted);
            await CopyAsync(response, context.Response, decision.ResponseHeadersToAdd, aborted);
            return "via_upstream";
        }
        catch (HttpRequestException) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            return await ReplyAsync(new LocalReply(StatusCodes.Status503ServiceUnavailable, "upstream_reset_before_response_started")
            {
                Body = "upstream connect error or disconnect/reset before headers",
            });
        }
        catch (HttpRequestException)
        {
            context.Abort();
            return "upstream_reset_after_response_started";
        }

        async Task<string> ReplyAsync(LocalReply reply)
        {
            var plain = reply.For(request);
            var answer = plain with { Headers = ResponseMutations.Apply(plain.Headers, decision.ResponseHeadersToAdd) };
            await answer.WriteAsync(context.Response, aborted);
            return reply.Details;
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage CreateMessage(HttpContext context, DownstreamRequest request, HeaderList headers)
    {
        var target = options.UpstreamAddress.GetLeftPart(UriPartial.Authority) + headers[":path"];
        var usesHttp2 = request is { IsGrpc: true, Protocol: "HTTP/2" };
        var message = new HttpRequestMessage(new HttpMethod(headers[":method"] ?? "GET"), new Uri(target, Verbatim))
        {
            Version = usesHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true }
                ? new StreamContent(context.Request.Body)
                : null,
        };

        message.Headers.TryAddWithoutValidation("host", headers[":authority"]);
        foreach (var (name, value) in headers.Lines.Where(line => !line.Name.StartsWith(':') && !HopByHop.Contains(line.Name)))
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content ??= new ByteArrayContent([]);
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    private static async Task CopyAsync(
        HttpResponseMessage from, HttpResponse to, ImmutableArray<HeaderMutation> additions, CancellationToken cancellationToken)
    {
        to.StatusCode = (int)from.StatusCode;
        var lines = from.Headers.NonValidated.Concat(from.Content.Headers.NonValidated)
            .SelectMany(header => header.Value, (header, value) => new Header(header.Key, value))
            .Where(header => !HopByHop.Contains(header.Name));
        EdgeResponse.WriteHeaders(ResponseMutations.Apply(HeaderList.From(lines), additions), to);

        await from.Content.CopyToAsync(to.Body, cancellationToken);
        if (to.SupportsTrailers())
        {
            foreach (var (name, values) in from.TrailingHeaders.NonValidated)
            {
                to.AppendTrailer(name, values.ToString());
            }
        }
    }
}
