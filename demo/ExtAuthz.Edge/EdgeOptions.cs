using ExtAuthz.Edge.Downstream;

namespace ExtAuthz.Edge;

/// <summary>What an operator would write in the bootstrap of Envoy, as far as the stand-in has it.</summary>
public sealed record EdgeOptions
{
    /// <summary>Where HTTP/1.1 clients connect; port 0 takes a free one.</summary>
    public Uri ListenAddress { get; init; } = new("http://127.0.0.1:8080");

    /// <summary>Where HTTP/2 clients with prior knowledge connect; none by default, for clear text has no ALPN to share one port.</summary>
    public Uri? Http2ListenAddress { get; init; }

    /// <summary>The gRPC authorization service, HTTP/2 with prior knowledge.</summary>
    public Uri AuthorizationAddress { get; init; } = new("http://127.0.0.1:9001");

    /// <summary>The service behind the gateway: HTTP/1.1, and HTTP/2 with prior knowledge for gRPC.</summary>
    public Uri UpstreamAddress { get; init; } = new("http://127.0.0.1:9002");

    /// <summary><c>envoy_grpc.authority</c>, the <c>:authority</c> of the check.</summary>
    public string Authority { get; init; } = "ext-authz";

    /// <summary><c>grpc_service.timeout</c>: after it the check is cancelled and counts as an error.</summary>
    public TimeSpan CheckTimeout { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary><c>failure_mode_allow</c>: whether a request passes when the check failed. Unsafe; for experiments.</summary>
    public bool FailureModeAllow { get; init; }

    /// <summary><c>status_on_error</c>: the HTTP status when the check failed; Envoy's own default.</summary>
    public int StatusOnError { get; init; } = StatusCodes.Status403Forbidden;

    /// <summary><c>encode_raw_headers</c>: send <c>header_map</c> instead of the merged <c>headers</c>.</summary>
    public bool RawHeaders { get; init; } = true;

    /// <summary><c>validate_mutations</c>: an answer with an invalid header or query parameter becomes a 500.</summary>
    public bool ValidateMutations { get; init; } = true;

    /// <summary><c>normalize_path</c>.</summary>
    public bool NormalizePath { get; init; } = true;

    /// <summary><c>merge_slashes</c>.</summary>
    public bool MergeSlashes { get; init; } = true;

    /// <summary><c>path_with_escaped_slashes_action</c>.</summary>
    public EscapedSlashesAction EscapedSlashes { get; init; } = EscapedSlashesAction.Reject;
}
