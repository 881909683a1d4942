using System.Text;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Server.Transport.Protobuf;

namespace ExtAuthz.Server.Transport;

/// <summary>
/// The fields of a CheckRequest that a decision may depend on, found in its bytes; the rest is skipped.
/// A message given twice is merged as protobuf says: last scalar wins, lists grow.
/// </summary>
internal ref struct CheckRequestFields(ReservedHeaders reserved)
{
    // Field number << 3 | 2, for length-delimited (protos/envoy/service/auth/v3/*.proto).
    private const uint CheckRequestAttributes = (1 << 3) | 2;
    private const uint AttributesRequest = (4 << 3) | 2;
    private const uint RequestHttp = (2 << 3) | 2;
    private const uint HttpId = (1 << 3) | 2;
    private const uint HttpMethod = (2 << 3) | 2;
    private const uint HttpHeaders = (3 << 3) | 2;
    private const uint HttpPath = (4 << 3) | 2;
    private const uint HttpHost = (5 << 3) | 2;
    private const uint HttpBody = (11 << 3) | 2;
    private const uint HttpRawBody = (12 << 3) | 2;
    private const uint HttpHeaderMap = (13 << 3) | 2;
    private const uint HeaderMapHeaders = (1 << 3) | 2;
    private const uint HeaderKey = (1 << 3) | 2;
    private const uint HeaderValue = (2 << 3) | 2;
    private const uint HeaderRawValue = (3 << 3) | 2;

    private ReadOnlySpan<byte> _body;
    private ReadOnlySpan<byte> _rawBody;

    public bool HasHttp { get; private set; }

    public bool HasHeaderMap { get; private set; }

    public ReadOnlySpan<byte> Id { get; private set; }

    public ReadOnlySpan<byte> Method { get; private set; }

    public ReadOnlySpan<byte> Path { get; private set; }

    public ReadOnlySpan<byte> Host { get; private set; }

    /// <summary><c>raw_body</c> or else <c>body</c>: Envoy fills one of them, where it is told to.</summary>
    public ReadOnlySpan<byte> Body => _rawBody.IsEmpty ? _body : _rawBody;

    public RequestHeaders Headers { get; } = new();

    /// <summary>Reads a CheckRequest; false when it is malformed.</summary>
    public bool TryRead(ReadOnlySpan<byte> checkRequest)
    {
        var fields = new FieldReader(checkRequest);
        while (fields.Read())
        {
            if (fields.Tag is CheckRequestAttributes && !TryReadAttributes(fields.Value))
            {
                return false;
            }
        }

        return !fields.IsMalformed;
    }

    private bool TryReadAttributes(ReadOnlySpan<byte> attributes)
    {
        var fields = new FieldReader(attributes);
        while (fields.Read())
        {
            if (fields.Tag is AttributesRequest && !TryReadRequest(fields.Value))
            {
                return false;
            }
        }

        return !fields.IsMalformed;
    }

    private bool TryReadRequest(ReadOnlySpan<byte> request)
    {
        var fields = new FieldReader(request);
        while (fields.Read())
        {
            if (fields.Tag is RequestHttp && !TryReadHttp(fields.Value))
            {
                return false;
            }
        }

        return !fields.IsMalformed;
    }

    private bool TryReadHttp(ReadOnlySpan<byte> http)
    {
        HasHttp = true;
        var fields = new FieldReader(http);
        while (fields.Read())
        {
            switch (fields.Tag)
            {
                case HttpId:
                    Id = fields.Value;
                    break;
                case HttpMethod:
                    Method = fields.Value;
                    break;
                case HttpPath:
                    Path = fields.Value;
                    break;
                case HttpHost:
                    Host = fields.Value;
                    break;
                case HttpBody:
                    _body = fields.Value;
                    break;
                case HttpRawBody:
                    _rawBody = fields.Value;
                    break;
                case HttpHeaders when !TryReadHeader(fields.Value, isRaw: false):
                case HttpHeaderMap when !TryReadHeaderMap(fields.Value):
                    return false;
            }
        }

        return !fields.IsMalformed;
    }

    private bool TryReadHeaderMap(ReadOnlySpan<byte> headerMap)
    {
        HasHeaderMap = true;
        var fields = new FieldReader(headerMap);
        while (fields.Read())
        {
            if (fields.Tag is HeaderMapHeaders && !TryReadHeader(fields.Value, isRaw: true))
            {
                return false;
            }
        }

        return !fields.IsMalformed;
    }

    /// <summary>Reads an entry of <c>headers</c>, which is a message of key and value, or a HeaderValue of <c>header_map</c>, which may have raw_value instead.</summary>
    private readonly bool TryReadHeader(ReadOnlySpan<byte> header, bool isRaw)
    {
        ReadOnlySpan<byte> name = default, value = default, rawValue = default;
        var fields = new FieldReader(header);
        while (fields.Read())
        {
            switch (fields.Tag)
            {
                case HeaderKey:
                    name = fields.Value;
                    break;
                case HeaderValue:
                    value = fields.Value;
                    break;
                case HeaderRawValue when isRaw:
                    rawValue = fields.Value;
                    break;
            }
        }

        AddHeader(name, rawValue.IsEmpty ? value : rawValue);
        return !fields.IsMalformed;
    }

    private readonly void AddHeader(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (KnownHeaders.TryFind(name, out var known))
        {
            Headers.Add(known, Encoding.UTF8.GetString(value));
        }
        else if (reserved.Contains(name))
        {
            Headers.AddReserved(Encoding.UTF8.GetString(name));
        }
    }
}
