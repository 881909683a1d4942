using System.Collections.Immutable;
using Envoy.Config.Core.V3;
using Envoy.Service.Auth.V3;
using ExtAuthz.Domain;
using ExtAuthz.Domain.Headers;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using HeaderValue = ExtAuthz.Domain.Headers.HeaderValue;

namespace ExtAuthz.Server.Tests.Transport;

/// <summary>Generators of what crosses the wire.</summary>
internal static class Samples
{
    private static readonly string[] Names =
    [
        "cookie", "accept", "origin", "rsc", "x-request-id", "x-requested-with", "authorization", "sec-fetch-mode",
        "x-auth-user-id", "x_auth_user_id", "X-WorkOS-Session", "x.url", "x-other", "content-length", "", "x-authentic", ":path",
    ];

    private static readonly Gen<string> Text = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => new string([.. text.Get.Where(c => !char.IsSurrogate(c))]));
    private static readonly Gen<string> Value = Text.Select(text => new string([.. text.Where(c => !char.IsControl(c))]));
    private static readonly Gen<string> Name = Gen.Elements(Names);

    /// <summary>Header maps with raw bytes, duplicates and now and then text instead.</summary>
    private static readonly Gen<HeaderMap> RawHeaders =
        from headers in (from name in Name
                         from value in Text
                         from raw in ArbMap.Default.GeneratorFor<byte[]>()
                         from isRaw in Gen.Elements(true, true, false)
                         select new Envoy.Config.Core.V3.HeaderValue
                         {
                             Key = name,
                             Value = isRaw ? "" : value,
                             RawValue = isRaw ? ByteString.CopyFrom(raw) : ByteString.Empty,
                         }).ListOf()
        select new HeaderMap { Headers = { headers } };

    /// <summary>Requests in both encodings, with fields that we skip, and with parts missing.</summary>
    public static Gen<CheckRequest> CheckRequests { get; } =
        from id in Text
        from method in Gen.Elements("GET", "POST", "", "get", "PROPFIND")
        from path in Text
        from host in Text
        from names in Gen.Shuffle(Names)
        from values in Text.ListOf(Names.Length)
        from count in Gen.Choose(0, Names.Length)
        from rawHeaders in RawHeaders
        from isRaw in Gen.Elements(true, false)
        from body in Text
        from rawBody in ArbMap.Default.GeneratorFor<byte[]>()
        from missing in Gen.Choose(0, 12)
        select Build(id, method, path, host, body, isRaw ? rawBody : [], names.Zip(values).Take(count), isRaw ? rawHeaders : null, missing);

    /// <summary>Decisions as the core makes them, headers of all sorts.</summary>
    public static Gen<CheckDecision> Decisions { get; } = Gen.OneOf(
        from set in Distinct("set")
        from remove in Distinct("remove")
        from response in ResponseHeaders()
        select (CheckDecision)new CheckDecision.Allowed(
            DecisionReason.SignedIn,
            UpstreamHeaders.Unchanged.With([.. set.Select(header => new HeaderValue(header.Name, header.Value))]).Without([.. remove.Select(header => header.Name)]),
            response),
        from status in Gen.Elements(200, 302, 303, 307, 400, 401, 403, 404, 418, 429, 500, 502, 503, 599)
        from response in ResponseHeaders()
        from body in Text
        select (CheckDecision)new CheckDecision.Denied(DecisionReason.NotSignedIn, status, response, body));

    /// <summary>
    /// One message, or two that protobuf merges, with some bytes changed, left out or put in. The second has no <c>headers</c>:
    /// of two equal names in a map the generated parser keeps the last, while we keep both and so never miss one.
    /// </summary>
    public static Gen<byte[]> Mutated(Gen<CheckRequest> requests) =>
        from request in requests
        from again in requests.Select(WithoutMap)
        from edits in (from at in Gen.Choose(0, 1 << 20)
                       from kind in Gen.Choose(0, 3)
                       from value in Gen.Choose(0, 255)
                       select (at, kind, value)).ListOf()
        from isTwice in Gen.Elements(true, false)
        select Edit(isTwice ? [.. request.ToByteArray(), .. again.ToByteArray()] : request.ToByteArray(), edits);

    private static CheckRequest WithoutMap(CheckRequest request)
    {
        request.Attributes?.Request?.Http?.Headers.Clear();
        return request;
    }

    private static CheckRequest Build(
        string id, string method, string path, string host, string body, byte[] rawBody, IEnumerable<(string Name, string Value)> headers, HeaderMap? raw, int missing)
    {
        var http = new AttributeContext.Types.HttpRequest
        {
            Id = id, Method = method, Path = path, Host = host, Scheme = "https", Protocol = "HTTP/2", Size = -1, Body = body, RawBody = ByteString.CopyFrom(rawBody), HeaderMap = raw,
        };
        foreach (var (name, value) in raw is null ? headers : [])
        {
            http.Headers[name] = value;
        }

        var attributes = new AttributeContext
        {
            Source = new() { Address = new() { SocketAddress = new() { Address = "192.0.2.1", PortValue = 443 } }, Labels = { ["a"] = "b" } },
            Request = new() { Time = new() { Seconds = 1, Nanos = 2 }, Http = missing == 0 ? null : http },
            ContextExtensions = { ["policy"] = "strict" },
            MetadataContext = new(),
        };
        if (missing == 1)
        {
            attributes.Request = null;
        }

        return new CheckRequest { Attributes = missing == 2 ? null : attributes };
    }

    private static Gen<ImmutableArray<(string Name, string Value)>> Distinct(string prefix) =>
        from values in Value.ListOf()
        select values.Select((value, i) => ($"x-{prefix}-{i}", value)).ToImmutableArray();

    private static Gen<ImmutableArray<ResponseHeader>> ResponseHeaders() =>
        from headers in (from name in Gen.Elements("set-cookie", "cache-control", "vary", "location")
                         from value in Value
                         from added in Gen.Elements(true, false)
                         select new ResponseHeader(name, value, added)).ListOf()
        select headers.ToImmutableArray();

    private static byte[] Edit(byte[] message, IEnumerable<(int At, int Kind, int Value)> edits)
    {
        var bytes = message.ToList();
        foreach (var (at, kind, value) in edits.Take(4))
        {
            var i = at % (bytes.Count + 1);
            switch (kind)
            {
                case 0 when i < bytes.Count:
                    bytes[i] = (byte)value;
                    break;
                case 1 when i < bytes.Count:
                    bytes.RemoveAt(i);
                    break;
                case 2:
                    bytes.Insert(i, (byte)value);
                    break;
                case 3 when value < 32:
                    bytes.RemoveRange(i, bytes.Count - i);
                    break;
            }
        }

        return [.. bytes];
    }
}
