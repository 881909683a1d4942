using System.Text;
using System.Text.Json;
using Envoy.Config.Core.V3;
using Envoy.Service.Auth.V3;
using ExtAuthz.Tests.Shared;
using Google.Protobuf;

namespace ExtAuthz.Server.Tests.Headers;

/// <summary>One case of corpus/headers.json: headers that a client sends, or a claim that becomes a header.</summary>
internal sealed class HeaderCase(JsonElement element)
{
    public string Scenario => element.GetProperty("scenario").GetString()!; // every case has one

    public bool IsForwarded => element.GetProperty("verdict").GetString() is "forward";

    public string? ClaimValue => element.TryGetProperty("claim_value", out var value) ? FixtureText.Read(value.GetString()!) : null;

    public bool IsSignedIn => Scenario is "auth_ok" or "public_auth";

    public bool IsPublic => Scenario.StartsWith("public", StringComparison.Ordinal);

    public IEnumerable<string> MustBeGone => List("must_be_removed_or_overwritten");

    public IEnumerable<string> NeverUpstream => List("values_never_upstream");

    public IEnumerable<(string Name, string Value)> UpstreamEquals =>
        element.TryGetProperty("upstream_equals", out var equal) ? equal.EnumerateObject().Select(pair => (pair.Name, pair.Value.GetString()!)) : [];

    private IEnumerable<(string Name, string Value)> RequestHeaders =>
        element.TryGetProperty("request_headers", out var headers) ? headers.EnumerateArray().Select(pair => (pair[0].GetString()!, pair[1].GetString()!)) : [];

    public override string ToString() => $"{element.GetProperty("category")}: {element.GetProperty("name")} ({Scenario})";

    /// <summary>The request as Envoy tells it, in one of its two encodings. Envoy has made names lower-case.</summary>
    public CheckRequest ToCheckRequest(bool isRaw, string? cookie)
    {
        var http = new AttributeContext.Types.HttpRequest { Id = "1", Method = "GET", Path = IsPublic ? "/public" : "/protected", Host = "app.example.com", Scheme = "https", Protocol = "HTTP/1.1" };
        IEnumerable<(string Name, string Value)> headers = RequestHeaders.Select(header => (header.Name.ToLowerInvariant(), FixtureText.Read(header.Value)));
        if (cookie is not null)
        {
            headers = headers.Append(("cookie", cookie));
        }

        if (isRaw)
        {
            http.HeaderMap = new HeaderMap { Headers = { headers.Select(header => new HeaderValue { Key = header.Name, RawValue = ByteString.CopyFrom(Encoding.Latin1.GetBytes(header.Value)) }) } };
        }
        else
        {
            foreach (var group in headers.GroupBy(header => header.Name, header => header.Value))
            {
                http.Headers.Add(group.Key, string.Join(',', group).Replace("\u00ff", "!").Replace("\u00fe", "!"));
            }
        }

        return new CheckRequest { Attributes = new AttributeContext { Request = new AttributeContext.Types.Request { Http = http } } };
    }

    private IEnumerable<string> List(string name) =>
        element.TryGetProperty(name, out var list) ? list.EnumerateArray().Select(item => item.GetString()!) : [];
}
