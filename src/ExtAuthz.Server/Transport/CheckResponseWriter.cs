using System.Buffers;
using ExtAuthz.Domain;
using ExtAuthz.Server.Transport.Protobuf;

namespace ExtAuthz.Server.Transport;

/// <summary>
/// Encodes a decision as a CheckResponse: the only place that builds one, and it needs a decision,
/// because Envoy reads an empty CheckResponse as "allow". Fields are written last to first.
/// </summary>
internal static class CheckResponseWriter
{
    // Field number << 3 | 2, for length-delimited; << 3 alone for a number (protos/envoy/service/auth/v3/external_auth.proto).
    private const byte ResponseStatus = (1 << 3) | 2;
    private const byte ResponseDenied = (2 << 3) | 2;
    private const byte ResponseOk = (3 << 3) | 2;
    private const byte StatusCode = 1 << 3;
    private const byte DeniedStatus = (1 << 3) | 2;
    private const byte DeniedHeaders = (2 << 3) | 2;
    private const byte DeniedBody = (3 << 3) | 2;
    private const byte OkHeaders = (2 << 3) | 2;
    private const byte OkHeadersToRemove = (5 << 3) | 2;
    private const byte OkResponseHeadersToAdd = (6 << 3) | 2;
    private const byte OptionHeader = (1 << 3) | 2;
    private const byte OptionAppend = (2 << 3) | 2;
    private const byte OptionAppendAction = 3 << 3;
    private const byte HeaderKey = (1 << 3) | 2;
    private const byte HeaderValue = (2 << 3) | 2;

    private static readonly SearchValues<char> ControlCharacters =
        SearchValues.Create([.. Enumerable.Range(0, 0x80).Select(c => (char)c).Where(c => char.IsControl(c) && c != '\t')]);

    /// <summary><c>append: false</c> with <c>OVERWRITE_IF_EXISTS_OR_ADD</c>: each Envoy reads one of the two (envoy.md 2.5).</summary>
    private static ReadOnlySpan<byte> Overwrite => [OptionAppend, 0, OptionAppendAction, 2];

    /// <summary><c>append: true</c> with <c>APPEND_IF_EXISTS_OR_ADD</c>, which is 0 and so left out.</summary>
    private static ReadOnlySpan<byte> Append => [OptionAppend, 2, 1 << 3, 1];

    /// <summary><c>append: false</c>: on a denial Envoy drops all others, and keeps every header of one name.</summary>
    private static ReadOnlySpan<byte> Deny => [OptionAppend, 0];

    /// <summary>Encodes a decision.</summary>
    /// <exception cref="ArgumentException">A header or the status can not be sent as it is: a bug of ours.</exception>
    public static byte[] Encode(CheckDecision decision)
    {
        var writer = new BackwardWriter(stackalloc byte[4096]);
        switch (decision)
        {
            case CheckDecision.Allowed allowed:
                WriteOk(ref writer, allowed);
                writer.Write(ResponseOk, writer.Length);
                writer.Write(ResponseStatus, 0); // an empty google.rpc.Status, whose code is 0
                break;
            case CheckDecision.Denied denied:
                WriteDenied(ref writer, denied);
                writer.Write(ResponseDenied, writer.Length);
                writer.Write([ResponseStatus, 2, StatusCode, RpcCode(denied.Status)]);
                break;
            default:
                throw new ArgumentException("A decision is allowed or denied.", nameof(decision));
        }

        return writer.ToArray();
    }

    private static void WriteOk(ref BackwardWriter writer, CheckDecision.Allowed allowed)
    {
        for (var i = allowed.ResponseHeaders.Length - 1; i >= 0; i--)
        {
            var (name, value, added) = allowed.ResponseHeaders[i];
            WriteHeader(ref writer, OkResponseHeadersToAdd, name, value, added ? Append : Overwrite);
        }

        for (var i = allowed.UpstreamHeaders.Remove.Length - 1; i >= 0; i--)
        {
            writer.Write(OkHeadersToRemove, Clean(allowed.UpstreamHeaders.Remove[i]));
        }

        for (var i = allowed.UpstreamHeaders.Set.Length - 1; i >= 0; i--)
        {
            var (name, value) = allowed.UpstreamHeaders.Set[i];
            WriteHeader(ref writer, OkHeaders, name, value, Overwrite);
        }
    }

    private static void WriteDenied(ref BackwardWriter writer, CheckDecision.Denied denied)
    {
        if (denied.Body.Length > 0)
        {
            writer.Write(DeniedBody, denied.Body);
        }

        for (var i = denied.ResponseHeaders.Length - 1; i >= 0; i--)
        {
            WriteHeader(ref writer, DeniedHeaders, denied.ResponseHeaders[i].Name, denied.ResponseHeaders[i].Value, Deny);
        }

        var end = writer.Length;
        writer.Write(StatusCode, denied.Status);
        writer.Write(DeniedStatus, writer.Length - end);
    }

    /// <summary>Writes a HeaderValueOption that holds a HeaderValue.</summary>
    private static void WriteHeader(ref BackwardWriter writer, byte tag, string name, string value, ReadOnlySpan<byte> append)
    {
        var optionEnd = writer.Length;
        writer.Write(append);
        var headerEnd = writer.Length;
        if (value.Length > 0)
        {
            writer.Write(HeaderValue, Clean(value));
        }

        writer.Write(HeaderKey, Clean(name));
        writer.Write(OptionHeader, writer.Length - headerEnd);
        writer.Write(tag, writer.Length - optionEnd);
    }

    private static string Clean(string text) => text.AsSpan().ContainsAny(ControlCharacters)
        ? throw new ArgumentException("A header holds a control character.", nameof(text))
        : text;

    /// <summary>The google.rpc.Code beside an HTTP status, never 0, which would allow. Envoy reads no more of it than that.</summary>
    private static byte RpcCode(int httpStatus) => httpStatus switch
    {
        < 200 or > 599 => throw new ArgumentOutOfRangeException(nameof(httpStatus), httpStatus, "A denial has a final HTTP status."),
        400 => 3, // INVALID_ARGUMENT
        401 or (>= 300 and < 400) => 16, // UNAUTHENTICATED
        404 => 5, // NOT_FOUND
        429 => 8, // RESOURCE_EXHAUSTED
        503 => 14, // UNAVAILABLE
        >= 500 => 13, // INTERNAL
        _ => 7, // PERMISSION_DENIED
    };
}
