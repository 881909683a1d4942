using ExtAuthz.Domain.Tests.Fakes;

namespace ExtAuthz.Domain.Tests;

/// <summary>Threat 45 of the threat model: only a document may be redirected, and a prefetch must cause nothing.</summary>
public sealed class ClientKindsTests
{
    private const string Html = "text/html,application/xhtml+xml,*/*;q=0.8";

    [Theory]
    [InlineData(ClientKind.Document, "accept", Html)]
    [InlineData(ClientKind.Document, "accept", "TEXT/HTML")]
    [InlineData(ClientKind.Document, "accept", Html, "sec-fetch-mode", "navigate", "sec-fetch-dest", "document")]
    [InlineData(ClientKind.Document, "accept", Html, "sec-fetch-mode", "navigate", "sec-fetch-dest", "iframe")]
    [InlineData(ClientKind.Document, "accept", Html, "content-type", "application/x-www-form-urlencoded")]
    [InlineData(ClientKind.Document, "accept", Html, "upgrade-insecure-requests", "1")]
    [InlineData(ClientKind.Prefetch, "accept", Html, "purpose", "prefetch")]
    [InlineData(ClientKind.Prefetch, "accept", Html, "sec-purpose", "prefetch")]
    [InlineData(ClientKind.Prefetch, "accept", Html, "sec-purpose", "prefetch;prerender")]
    [InlineData(ClientKind.Prefetch, "accept", Html, "sec-purpose", "prefetch;anonymous-client-ip")]
    [InlineData(ClientKind.Prefetch, "accept", Html, "sec-purpose", "Prefetch")]
    [InlineData(ClientKind.Prefetch, "accept", Html, "next-router-prefetch", "1", "rsc", "1")]
    [InlineData(ClientKind.Script, "accept", Html, "rsc", "1")]
    [InlineData(ClientKind.Script, "accept", Html, "next-router-state-tree", "")]
    [InlineData(ClientKind.Script, "accept", Html, "x-requested-with", "XMLHttpRequest")]
    [InlineData(ClientKind.Script, "accept", Html, "sec-fetch-mode", "cors", "sec-fetch-dest", "empty")]
    [InlineData(ClientKind.Script, "accept", Html, "sec-fetch-mode", "no-cors", "sec-fetch-dest", "image")]
    [InlineData(ClientKind.Script, "accept", Html, "sec-fetch-mode", "same-origin", "sec-fetch-dest", "serviceworker")]
    [InlineData(ClientKind.Script, "accept", Html, "sec-fetch-mode", "navigate", "sec-fetch-dest", "object")]
    [InlineData(ClientKind.Script, "accept", Html, "sec-fetch-mode", "websocket", "upgrade", "websocket")]
    [InlineData(ClientKind.Script, "accept", Html, "access-control-request-method", "PUT")]
    [InlineData(ClientKind.Script, "accept", Html, "sec-fetch-mode", "navigate", "sec-fetch-mode", "navigate")]
    [InlineData(ClientKind.Script, "accept", "text/event-stream")]
    [InlineData(ClientKind.Script, "accept", "image/avif,image/webp,*/*")]
    [InlineData(ClientKind.Script, "accept", "*/*")]
    [InlineData(ClientKind.Script, "accept", "")]
    [InlineData(ClientKind.Script)]
    [InlineData(ClientKind.Script, "accept", "*/*", "content-type", "application/grpc-web+proto")]
    [InlineData(ClientKind.Grpc, "content-type", "application/grpc")]
    [InlineData(ClientKind.Grpc, "content-type", "application/grpc+proto", "accept", Html)]
    public void The_kind_of_client_is_told_by_its_headers(ClientKind expected, params string[] headers) =>
        ClientKinds.Of(Requests.To("/", [.. headers.Chunk(2).Select(pair => (pair[0], pair[1]))]).Headers).ShouldBe(expected);
}
