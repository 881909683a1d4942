namespace ExtAuthz.Domain;

/// <summary>What kind of client waits for the answer; each understands another one.</summary>
public enum ClientKind
{
    /// <summary>A browser that navigates: it follows redirects and shows pages.</summary>
    Document,

    /// <summary>A browser that only looks ahead (prefetch, prerender): it must cause nothing.</summary>
    Prefetch,

    /// <summary>A script, an API client, an image, a WebSocket, a CORS preflight: it wants a status and JSON.</summary>
    Script,

    /// <summary>A gRPC client: Envoy turns the status into a gRPC one.</summary>
    Grpc,
}
