namespace ExtAuthz.Server.Transport.Kestrel;

/// <summary>How a call ended (grpc.io, "Status codes").</summary>
/// <param name="Code">The number in <c>grpc-status</c>.</param>
/// <param name="Message">The text in <c>grpc-message</c>; a client sees it.</param>
internal readonly record struct GrpcStatus(int Code, string Message)
{
    public static GrpcStatus Ok { get; } = new(0, "");

    public static GrpcStatus DeadlineExceeded { get; } = new(4, "The deadline has passed.");

    public static GrpcStatus InvalidTimeout { get; } = new(3, "The grpc-timeout is malformed.");

    public static GrpcStatus TooLarge { get; } = new(8, "The message is larger than 256 KiB.");

    public static GrpcStatus UnknownMethod { get; } = new(12, "The method is unknown.");

    public static GrpcStatus Compressed { get; } = new(12, "Compression is not supported.");

    public static GrpcStatus CompressedWithoutEncoding { get; } = new(13, "The message is compressed without a grpc-encoding.");

    public static GrpcStatus MalformedFrame { get; } = new(13, "The message frame is malformed.");

    public static GrpcStatus NotOneMessage { get; } = new(13, "A request is exactly one message.");

    public static GrpcStatus MalformedMessage { get; } = new(13, "The message is malformed.");

    public static GrpcStatus Fault { get; } = new(13, "Internal error.");

    public static GrpcStatus Stopping { get; } = new(14, "The server is stopping.");

    public static GrpcStatus UnknownService(string name) => new(5, $"The service '{name[..Math.Min(name.Length, 100)]}' is unknown.");
}
