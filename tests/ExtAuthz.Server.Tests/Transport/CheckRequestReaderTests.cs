using System.Buffers;
using Envoy.Service.Auth.V3;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Server.Transport;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;

namespace ExtAuthz.Server.Tests.Transport;

/// <summary>The field reader sees what the generated parser sees, in good messages and in damaged ones.</summary>
public sealed class CheckRequestReaderTests
{
    private static readonly ReservedHeaders Reserved = new(["x-auth-user-id"]);
    private static readonly CheckRequestReader Reader = new(Reserved);
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(3000);

    [Fact]
    public void Every_request_is_read_as_the_generated_parser_reads_it() =>
        Check.One(Thorough, Prop.ForAll(Samples.CheckRequests.ToArbitrary(), request =>
            Describe(Read(request.ToByteArray())).ShouldBe(Describe(request))));

    [Fact]
    public void A_damaged_message_is_read_as_the_generated_parser_reads_it_or_refused_with_it() =>
        Check.One(Thorough, Prop.ForAll(Samples.Mutated(Samples.CheckRequests).ToArbitrary(), bytes =>
        {
            var reading = Read(bytes);
            if (TryParse(bytes) is { } request && !(reading is CheckRequestReading.Malformed && HasMap(request)))
            {
                Describe(reading).ShouldBe(Describe(request));
            }
        }));

    [Fact]
    public void Any_bytes_are_read_without_an_exception() =>
        Check.One(Thorough, Prop.ForAll(ArbMap.Default.GeneratorFor<byte[]>().ToArbitrary(), bytes =>
        {
            if (Read(bytes) is CheckRequestReading.Malformed)
            {
                TryParse(bytes).ShouldBeNull();
            }
        }));

    [Fact]
    public void A_message_in_pieces_is_read_like_a_whole_one() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Samples.CheckRequests.ToArbitrary(), Gen.Choose(1, 50).ToArbitrary(), (request, size) =>
            Describe(Reader.Read(InPieces(request.ToByteArray(), size), timeLeft: null)).ShouldBe(Describe(request))));

    [Theory]
    [InlineData("")]
    [InlineData("0A00")]
    [InlineData("0A022200")]
    [InlineData("0A0422020A00")]
    public void Attributes_without_an_http_request_are_not_http(string hex) =>
        Read(Convert.FromHexString(hex)).ShouldBeOfType<CheckRequestReading.NotHttp>();

    [Theory]
    [InlineData("0A", "no length")]
    [InlineData("0A05", "cut")]
    [InlineData("0AFFFFFFFF0F", "longer than there is")]
    [InlineData("0AFFFFFFFFFFFFFFFFFFFFFF01", "a length without end")]
    [InlineData("00", "field 0")]
    [InlineData("0F", "wire type 7")]
    [InlineData("0C", "the end of no group")]
    [InlineData("0B0A00", "a group without end")]
    [InlineData("0B14", "a group with the end of another")]
    [InlineData("0A0622041202FF01", "cut deep inside")]
    public void Bytes_that_are_no_message_are_malformed(string hex, string why)
    {
        var bytes = Convert.FromHexString(hex);

        Read(bytes).ShouldBeOfType<CheckRequestReading.Malformed>(why);
        TryParse(bytes).ShouldBeNull(why);
    }

    [Fact]
    public void The_time_left_and_envoys_own_request_id_are_taken_over()
    {
        var http = new AttributeContext.Types.HttpRequest { Id = "7", Method = "GET", Path = "/a?b=c", Host = "app.example" };
        var message = new CheckRequest { Attributes = new() { Request = new() { Http = http } } }.ToByteArray();

        var request = Reader.Read(new ReadOnlySequence<byte>(message), TimeSpan.FromMilliseconds(200)).ShouldBeOfType<CheckRequestReading.Http>().Request;

        request.TimeLeft.ShouldBe(TimeSpan.FromMilliseconds(200));
        request.RequestId.ShouldBe("7");
        request.Target.Path.ShouldBe("/a");
        request.Target.Query.ShouldBe("b=c");
    }

    [Theory]
    [InlineData(CheckRequestReader.LongestBody, CheckRequestReader.LongestBody)]
    [InlineData(CheckRequestReader.LongestBody + 1, CheckRequestReader.LongestBody)]
    [InlineData(1, 1)]
    [InlineData(0, null)]
    public void A_body_is_read_up_to_its_bound(int length, int? read)
    {
        foreach (var http in new[] { new AttributeContext.Types.HttpRequest { Body = new string('x', length) }, new() { RawBody = ByteString.CopyFromUtf8(new string('x', length)) } })
        {
            var message = new CheckRequest { Attributes = new() { Request = new() { Http = http } } }.ToByteArray();

            Read(message).ShouldBeOfType<CheckRequestReading.Http>().Request.Body.ShouldBe(read is { } count ? new Domain.RequestBody(new string('x', count)) : null);
        }
    }

    private static CheckRequestReading Read(byte[] bytes) => Reader.Read(new ReadOnlySequence<byte>(bytes), timeLeft: null);

    /// <summary>The generated parser lets wire types 6 and 7, which do not exist, pass inside a map entry. We do not.</summary>
    private static bool HasMap(CheckRequest request) => request.Attributes?.Request?.Http?.Headers.Count > 0;

    private static CheckRequest? TryParse(byte[] bytes)
    {
        try
        {
            return CheckRequest.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static string Describe(CheckRequestReading reading)
    {
        if (reading is not CheckRequestReading.Http { Request: var request })
        {
            return reading.GetType().Name;
        }

        var known = Enum.GetValues<KnownHeader>()
            .Where(header => header is not KnownHeader.Cookie && request.Headers.Has(header))
            .Select(header => $"{header}: {request.Headers[header]}");
        return Describe(request.Method, request.Target, request.Host, request.RequestId, request.Body?.Text, request.HasRawHeaders, known, request.Headers.CookieLines, request.Headers.ReservedNames);
    }

    private static string Describe(CheckRequest message)
    {
        if (message.Attributes?.Request?.Http is not { } http)
        {
            return nameof(CheckRequestReading.NotHttp);
        }

        // A map keeps one value of a name, and its order says nothing.
        var lines = http.Headers.Select(header => (header.Key, header.Value))
            .Concat(http.HeaderMap?.Headers.Select(header => (header.Key, Value: header.RawValue.IsEmpty ? header.Value : header.RawValue.ToStringUtf8())) ?? [])
            .ToList();
        var known = from line in lines
                    let found = KnownHeaders.TryFind(System.Text.Encoding.UTF8.GetBytes(line.Key), out var header) ? header : (KnownHeader?)null
                    where found is not null
                    group line.Value by found.Value;
        var cookies = known.Where(group => group.Key is KnownHeader.Cookie).SelectMany(group => group);
        var requestId = known.Where(group => group.Key is KnownHeader.XRequestId).Select(group => string.Join(',', group)).SingleOrDefault();
        var reserved = lines.Select(line => line.Key)
            .Where(name => !KnownHeaders.TryFind(System.Text.Encoding.UTF8.GetBytes(name), out _) && Reserved.Contains(System.Text.Encoding.UTF8.GetBytes(name)));
        return Describe(
            http.Method, Domain.Routes.RequestTarget.Parse(http.Path), http.Host, requestId ?? http.Id, http.RawBody.IsEmpty ? http.Body is "" ? null : http.Body : http.RawBody.ToStringUtf8(), http.HeaderMap is not null,
            known.Where(group => group.Key is not KnownHeader.Cookie).OrderBy(group => group.Key).Select(group => $"{group.Key}: {string.Join(',', group)}"), cookies, reserved);
    }

    private static string Describe(
        string method, Domain.Routes.RequestTarget target, string host, string id, string? body, bool isRaw, IEnumerable<string> known, IEnumerable<string> cookies, IEnumerable<string> reserved) =>
        string.Join('\n', [method, target.Path, target.Query ?? "-", host, id, body ?? "no body", $"{isRaw}", .. known, "cookies", .. cookies, "reserved", .. reserved.Where(IsText)]);

    /// <summary>A name that is no UTF-8 never gets through Envoy; the generated parser replaces its bytes before we can ask whether they are reserved.</summary>
    private static bool IsText(string name) => !name.Contains('\uFFFD');

    private static ReadOnlySequence<byte> InPieces(byte[] bytes, int size)
    {
        var first = new Piece(bytes.AsMemory(0, Math.Min(size, bytes.Length)), 0);
        var last = first;
        for (var i = last.Memory.Length; i < bytes.Length; i += last.Memory.Length)
        {
            last = last.Append(bytes.AsMemory(i, Math.Min(size, bytes.Length - i)));
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
