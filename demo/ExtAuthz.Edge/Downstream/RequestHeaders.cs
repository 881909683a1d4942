using System.Collections.Frozen;
using ExtAuthz.Edge.Headers;

namespace ExtAuthz.Edge.Downstream;

/// <summary>
/// The header map that filters see: what Envoy's codecs and <c>ConnectionManagerUtility::mutateRequestHeaders</c> make of a
/// request on an edge listener (<c>use_remote_address: true</c>, no trusted hops).
/// </summary>
internal static class RequestHeaders
{
    // Envoy keeps these as one entry each; a further line is joined by a comma.
    private static readonly FrozenSet<string> Inline = FrozenSet.Create(
        StringComparer.Ordinal,
        "accept", "accept-encoding", "access-control-request-headers", "access-control-request-method", "authorization",
        "cache-control", "connection", "content-type", "expect", "grpc-accept-encoding", "grpc-timeout", "if-match",
        "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "keep-alive", "origin", "pragma",
        "proxy-connection", "referer", "te", "transfer-encoding", "upgrade", "user-agent", "via", "x-client-trace-id",
        "x-forwarded-client-cert", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto",
        "x-request-id");

    private static readonly FrozenSet<string> HopByHop = FrozenSet.Create(
        StringComparer.Ordinal,
        "connection", "upgrade", "keep-alive", "proxy-connection", "transfer-encoding", "te", "expect");

    public static HeaderList Read(RawRequest raw, string requestId)
    {
        var (authority, path) = SplitTarget(raw);
        var isUpgrade = raw.ConnectProtocol is not null || IsUpgrade(raw);
        var headers = HeaderList.Empty
            .Add(":authority", authority)
            .Add(":path", path)
            .Add(":method", raw.ConnectProtocol is null ? raw.Method : "GET")
            .Add(":scheme", raw.Scheme.ToLowerInvariant());

        foreach (var (name, value) in Joined(raw))
        {
            headers = name switch
            {
                "te" => value is "trailers" ? headers.Add(name, value) : headers,
                "connection" or "upgrade" when isUpgrade && raw.ConnectProtocol is null => headers.Add(name, value),
                "x-forwarded-client-cert" or "x-request-id" or "x-forwarded-proto" => headers,
                _ when HopByHop.Contains(name) || name.StartsWith("x-envoy-", StringComparison.Ordinal) => headers,
                _ => headers.Add(name, value),
            };
        }

        if (raw.ConnectProtocol is { } protocol)
        {
            headers = headers.Add("upgrade", protocol).Add("connection", "upgrade");
        }

        var client = raw.Source.Address.ToString();
        return (headers.Contains("x-forwarded-for")
                ? headers.AppendToExisting("x-forwarded-for", client)
                : headers.Add("x-forwarded-for", client))
            .Add("x-forwarded-proto", raw.Scheme)
            .Add("x-envoy-external-address", client)
            .Add("x-request-id", requestId);
    }

    private static bool IsUpgrade(RawRequest raw) =>
        raw.Lines.Any(line => line.Name is "upgrade") &&
        raw.Lines.Any(line => line.Name is "connection" && line.Value.Contains("upgrade", StringComparison.OrdinalIgnoreCase));

    /// <summary>Origin form as it is; absolute form loses its scheme and its authority wins over Host (RFC 9112 section 3.2.2).</summary>
    private static (string Authority, string Path) SplitTarget(RawRequest raw)
    {
        if (raw.Method is "CONNECT" && raw.ConnectProtocol is null)
        {
            return (raw.Host, "");
        }

        var start = raw.Target.IndexOf("://", StringComparison.Ordinal);
        if (raw.Target.StartsWith('/') || start < 0)
        {
            return (raw.Host, raw.Target);
        }

        var rest = raw.Target[(start + 3)..];
        var end = rest.AsSpan().IndexOfAny("/?#");
        return end < 0 ? (rest, "/") : (rest[..end], rest[end] is '/' ? rest[end..] : "/" + rest[end..]);
    }

    /// <summary>
    /// Inline headers joined by a comma. HTTP/2 cookie crumbs joined by "; " (RFC 9113 section 8.2.3), HTTP/1.1 cookie lines left apart.
    /// </summary>
    private static IEnumerable<Header> Joined(RawRequest raw)
    {
        var joinsCookies = raw.Protocol is not "HTTP/1.1";
        return raw.Lines
            .Select((line, index) => (line, group: IsJoined(line.Name) ? line.Name : $"{index}"))
            .GroupBy(entry => entry.group, entry => entry.line, StringComparer.Ordinal)
            .Select(group => new Header(
                group.First().Name,
                string.Join(group.First().Name is "cookie" ? "; " : ",", group.Select(line => line.Value))));

        bool IsJoined(string name) => Inline.Contains(name) || (joinsCookies && name is "cookie");
    }
}
