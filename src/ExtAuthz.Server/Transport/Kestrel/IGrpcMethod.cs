namespace ExtAuthz.Server.Transport.Kestrel;

/// <summary>A gRPC method.</summary>
internal interface IGrpcMethod
{
    /// <summary>The path in full: <c>/package.Service/Method</c>.</summary>
    string Path { get; }

    /// <summary>Writes the response messages and says how the call ended.</summary>
    ValueTask<GrpcStatus> InvokeAsync(GrpcCall call);
}
