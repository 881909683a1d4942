using ExtAuthz.Domain;

namespace ExtAuthz.Server.Transport;

/// <summary>What a CheckRequest turned out to be.</summary>
internal abstract record CheckRequestReading
{
    private CheckRequestReading()
    {
    }

    /// <summary>An HTTP request to decide on.</summary>
    internal sealed record Http(IncomingRequest Request) : CheckRequestReading;

    /// <summary>Attributes without an HTTP request: a TCP or UDP filter asked, which no session can answer.</summary>
    internal sealed record NotHttp : CheckRequestReading
    {
        public static NotHttp Instance { get; } = new();
    }

    /// <summary>Bytes that are not a CheckRequest.</summary>
    internal sealed record Malformed : CheckRequestReading
    {
        public static Malformed Instance { get; } = new();
    }
}
