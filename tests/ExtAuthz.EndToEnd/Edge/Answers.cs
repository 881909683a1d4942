using Envoy.Config.Core.V3;
using Envoy.Service.Auth.V3;
using Envoy.Type.V3;
using ExtAuthz.Edge.Headers;
using HeaderAppendAction = Envoy.Config.Core.V3.HeaderValueOption.Types.HeaderAppendAction;
using RpcStatus = Google.Rpc.Status;

namespace ExtAuthz.EndToEnd.Edge;

/// <summary>Short spellings of the messages that an authorization service answers with.</summary>
internal static class Answers
{
    public static CheckResponse Allow(OkHttpResponse? ok = null) =>
        new() { Status = new RpcStatus(), OkResponse = ok ?? new OkHttpResponse() };

    public static CheckResponse Deny(DeniedHttpResponse denied) =>
        new() { Status = new RpcStatus { Code = 7 }, DeniedResponse = denied };

    public static DeniedHttpResponse Denied(int status, string body = "", params HeaderValueOption[] headers) => new()
    {
        Status = status == 0 ? null : new HttpStatus { Code = (StatusCode)status },
        Body = body,
        Headers = { headers },
    };

    public static HeaderValueOption Option(string key, string value, bool? append = null, HeaderAppendAction action = default) =>
        new() { Header = new HeaderValue { Key = key, Value = value }, Append = append, AppendAction = action };

    public static HeaderList Headers(params (string Name, string Value)[] lines) =>
        HeaderList.From(lines.Select(line => new Header(line.Name, line.Value)));

    public static string[] Lines(HeaderList? headers) =>
        [.. headers.ShouldNotBeNull().Lines.Select(line => $"{line.Name}: {line.Value}")];
}
