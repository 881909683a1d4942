namespace ExtAuthz.Edge.Downstream;

/// <summary>The checks that Envoy's HTTP connection manager makes before the filter chain (<c>conn_manager_impl.cc decodeHeaders</c>).</summary>
internal static class ConnectionManager
{
    public static Admission Admit(DownstreamRequest request, EdgeOptions options)
    {
        if (request.Protocol is "HTTP/1.0")
        {
            return Reject(StatusCodes.Status426UpgradeRequired, "low_version");
        }

        if (request.Headers[":authority"] is null or "")
        {
            return Reject(StatusCodes.Status400BadRequest, "missing_host_header");
        }

        if (request.Method is "CONNECT" && request.Path.Length == 0)
        {
            return new Admission.Accepted(request);
        }

        if (!request.Path.StartsWith('/'))
        {
            return Reject(StatusCodes.Status404NotFound, "absolute_path_rejected");
        }

        return PathNormalizer.Normalize(request.Path, options) switch
        {
            PathVerdict.Forward(var path) =>
                new Admission.Accepted(request with { Headers = request.Headers.Set(":path", path) }),
            PathVerdict.Redirect(var path) when !request.IsGrpc => Redirect(path),
            _ => Reject(StatusCodes.Status400BadRequest, "path_normalization_failed"),
        };
    }

    private static Admission.Rejected Reject(int status, string details) => new(new LocalReply(status, details));

    private static Admission.Rejected Redirect(string path) =>
        new(new LocalReply(StatusCodes.Status307TemporaryRedirect, "path_normalization_failed") { Headers = [new("location", path)] });
}
