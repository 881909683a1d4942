using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Envoy.Service.Auth.V3;
using Microsoft.Extensions.Time.Testing;
using static ExtAuthz.Server.Tests.Transport.RawGrpcClient;

namespace ExtAuthz.Server.Tests.Transport.Kestrel;

/// <summary>gRPC over HTTP/2 (grpc/doc/PROTOCOL-HTTP2.md), byte by byte.</summary>
public sealed class GrpcProtocolTests
{
    private static readonly byte[] Allow = Frame(CheckMessage("/allow"));

    [Fact]
    public async Task A_call_is_answered_with_one_message_and_status_0_in_trailers()
    {
        await using var server = await TransportServer.StartAsync();

        var response = await server.Client.CallAsync(CheckPath, Allow);

        response.Status.ShouldBe(HttpStatusCode.OK);
        response.Headers["content-type"].ShouldBe("application/grpc");
        response.Headers.ContainsKey("server").ShouldBeFalse();
        response.Headers.ContainsKey("grpc-status").ShouldBeFalse();
        response.Trailers["grpc-status"].ShouldBe("0");
        response.Trailers.ContainsKey("grpc-message").ShouldBeFalse();
        CheckResponse.Parser.ParseFrom(response.Message).OkResponse.Headers[0].Header.Value.ShouldBe("/allow");
    }

    [Fact]
    public async Task A_denial_is_a_message_too()
    {
        await using var server = await TransportServer.StartAsync();

        var response = await server.Client.CallAsync(CheckPath, Frame(CheckMessage("/deny")));

        response.GrpcStatus.ShouldBe("0");
        CheckResponse.Parser.ParseFrom(response.Message).DeniedResponse.Headers.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Over_tls_the_same_call_is_answered()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await using var server = await TransportServer.StartAsync(certificate: certificate);

        (await server.Client.CallAsync(CheckPath, Allow)).GrpcStatus.ShouldBe("0");
    }

    [Fact]
    public async Task A_message_that_comes_byte_by_byte_is_read_whole()
    {
        await using var server = await TransportServer.StartAsync();

        var response = await server.Client.SendAsync(Request(CheckPath, new ByteByByteContent(Allow)));

        response.GrpcStatus.ShouldBe("0");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("OPTIONS")]
    public async Task Another_method_than_POST_is_405(string method)
    {
        await using var server = await TransportServer.StartAsync();

        var response = await server.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), CheckPath));

        response.Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
        response.Headers["allow"].ShouldBe("POST");
        response.GrpcStatus.ShouldBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("application/grpc-web")]
    [InlineData("application/grpc+json")]
    [InlineData("application/grpcfoo")]
    [InlineData("text/plain; application/grpc")]
    public async Task Another_content_type_is_415(string? contentType)
    {
        await using var server = await TransportServer.StartAsync();

        var response = await server.Client.SendAsync(WithContentType(contentType));

        response.Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        response.GrpcStatus.ShouldBeNull();
    }

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc;charset=utf-8")]
    [InlineData("application/grpc+proto ; a=b")]
    [InlineData("Application/GRPC")]
    public async Task Each_form_of_the_grpc_content_type_is_taken(string contentType)
    {
        await using var server = await TransportServer.StartAsync();

        (await server.Client.SendAsync(WithContentType(contentType))).GrpcStatus.ShouldBe("0");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/envoy.service.auth.v2.Authorization/Check")]
    [InlineData("/envoy.service.auth.v3.Authorization/check")]
    [InlineData("/envoy.service.auth.v3.Authorization/Check/")]
    [InlineData("/envoy.service.auth.v3.Authorization/%43heck")]
    [InlineData("/envoy.service.auth.v3.Authorization/Check?a=b")]
    [InlineData("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo")]
    public async Task Another_path_is_unimplemented(string path)
    {
        await using var server = await TransportServer.StartAsync();

        var response = await server.Client.SendAsync(Request(path, new ByteArrayContent(Allow)));

        response.Status.ShouldBe(HttpStatusCode.OK);
        response.IsTrailersOnly.ShouldBeTrue();
        response.Headers["content-type"].ShouldBe("application/grpc");
        response.GrpcStatus.ShouldBe("12");
    }

    [Theory]
    [InlineData("", "13", "nothing")]
    [InlineData("00000000", "13", "a cut prefix")]
    [InlineData("000000000A0A00", "13", "a cut message")]
    [InlineData("0000000002 0A00 00", "13", "a byte too many")]
    [InlineData("0000000000 0000000000", "13", "two messages")]
    [InlineData("0200000000", "13", "a flag that does not exist")]
    [InlineData("0100000000", "13", "compressed by nothing")]
    [InlineData("0000040001", "8", "256 KiB and a byte")]
    [InlineData("00FFFFFFFF", "8", "4 GiB")]
    public async Task A_frame_that_is_not_one_message_is_refused(string hex, string status, string why)
    {
        await using var server = await TransportServer.StartAsync();

        var response = await server.Client.CallAsync(CheckPath, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        response.GrpcStatus.ShouldBe(status, why);
        response.IsTrailersOnly.ShouldBeTrue(why);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("unheard-of")]
    public async Task A_compressed_message_is_unimplemented_and_told_what_is(string encoding)
    {
        await using var server = await TransportServer.StartAsync();

        var response = await server.Client.CallAsync(CheckPath, Frame([1, 2, 3], flag: 1), ("grpc-encoding", encoding));

        response.GrpcStatus.ShouldBe("12");
        response.Headers["grpc-accept-encoding"].ShouldBe("identity");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity")]
    public async Task A_plain_message_may_announce_an_encoding(string encoding)
    {
        await using var server = await TransportServer.StartAsync();

        (await server.Client.CallAsync(CheckPath, Allow, ("grpc-encoding", encoding))).GrpcStatus.ShouldBe("0");
    }

    [Fact]
    public async Task A_message_of_256_KiB_is_read_and_a_larger_one_is_refused_with_a_status_and_no_reset()
    {
        await using var server = await TransportServer.StartAsync();
        byte[] message = [.. CheckMessage("/allow"), (15 << 3) | 2, 0, 0, 0];
        var padding = (256 * 1024) - message.Length;
        (message[^3], message[^2], message[^1]) = ((byte)(padding | 0x80), (byte)((padding >> 7) | 0x80), (byte)(padding >> 14));

        (await server.Client.CallAsync(CheckPath, Frame([.. message, .. new byte[padding]]))).GrpcStatus.ShouldBe("0");
        (await server.Client.CallAsync(CheckPath, Frame([.. message, .. new byte[padding + 1]]))).GrpcStatus.ShouldBe("8");
        (await server.Client.CallAsync(CheckPath, Frame(new byte[300 * 1024]))).GrpcStatus.ShouldBe("8");
    }

    [Fact]
    public async Task Bytes_that_are_no_CheckRequest_are_denied_and_not_an_error()
    {
        await using var server = await TransportServer.StartAsync();

        var response = await server.Client.CallAsync(CheckPath, Frame([0xFF, 0xFF]));

        response.GrpcStatus.ShouldBe("0");
        ((int)CheckResponse.Parser.ParseFrom(response.Message).DeniedResponse.Status.Code).ShouldBe(400);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("123456789m")]
    [InlineData("-1S")]
    public async Task A_malformed_timeout_is_refused(string timeout)
    {
        await using var server = await TransportServer.StartAsync();

        var response = await server.Client.CallAsync(CheckPath, Allow, ("grpc-timeout", timeout));

        response.GrpcStatus.ShouldBe("3");
        response.IsTrailersOnly.ShouldBeTrue();
    }

    [Fact]
    public async Task The_deadline_ends_the_decision()
    {
        var time = new FakeTimeProvider();
        await using var server = await TransportServer.StartAsync(time);
        var call = server.Client.CallAsync(CheckPath, Frame(CheckMessage("/slow")), ("grpc-timeout", "200m"));
        (await server.Handler.SlowStarted).TimeLeft.ShouldBe(TimeSpan.FromMilliseconds(200));

        time.Advance(TimeSpan.FromMilliseconds(200));

        var response = await call;
        response.GrpcStatus.ShouldBe("4");
        response.IsTrailersOnly.ShouldBeTrue();
        await server.Handler.SlowCancelled;
        await TransportServer.PassDelayAsync(time, server.StopAsync());
    }

    [Theory]
    [InlineData("0m", "4")]
    [InlineData("99999999H", "0")]
    public async Task The_shortest_and_the_longest_timeout_are_borne(string timeout, string status)
    {
        await using var server = await TransportServer.StartAsync();

        (await server.Client.CallAsync(CheckPath, Allow, ("grpc-timeout", timeout))).GrpcStatus.ShouldBe(status);
    }

    [Fact]
    public async Task A_client_that_goes_ends_the_decision()
    {
        await using var server = await TransportServer.StartAsync();
        using var client = new CancellationTokenSource();
        using var request = Request(CheckPath, new ByteArrayContent(Frame(CheckMessage("/slow"))));
        var call = server.Client.StartAsync(request, client.Token);
        await server.Handler.SlowStarted;

        await client.CancelAsync();

        await server.Handler.SlowCancelled;
        await Should.ThrowAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_message_for_people_is_percent_encoded()
    {
        await using var server = await TransportServer.StartAsync();

        var response = await server.Client.CallAsync(HealthCheckPath, Frame([0x0A, 2, 0xC3, 0xA9]));

        response.GrpcStatus.ShouldBe("5");
        response.GrpcMessage.ShouldBe("The service '%C3%A9' is unknown.");
    }

    private static HttpRequestMessage WithContentType(string? contentType)
    {
        var content = new ByteArrayContent(Allow);
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("content-type", contentType).ShouldBeTrue();
        }

        return new HttpRequestMessage(HttpMethod.Post, CheckPath) { Content = content };
    }

    private sealed class ByteByByteContent(byte[] bytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var unit in bytes)
            {
                await stream.WriteAsync(new[] { unit }, TestContext.Current.CancellationToken);
                await stream.FlushAsync(TestContext.Current.CancellationToken);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
