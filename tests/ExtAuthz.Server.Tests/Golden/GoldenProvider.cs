using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ExtAuthz.Server.Tests.Golden;

/// <summary>Answers the provider's calls as they were answered when the reference was recorded; the last answer of a kind is repeated.</summary>
internal sealed class GoldenProvider
{
    private readonly GoldenFile _file;
    private readonly GoldenValues _values;
    private readonly Queue<JsonElement> _authenticate;
    private readonly JsonElement? _jwks;
    private JsonElement? _last;

    public GoldenProvider(GoldenFile file, GoldenScenario scenario, GoldenValues values)
    {
        (_file, _values) = (file, values);
        _authenticate = new Queue<JsonElement>(scenario.ApiCalls.Where(call => !IsJwks(call)).Select(call => call.GetProperty("response")));
        _jwks = scenario.ApiCalls.Where(IsJwks).Select(call => (JsonElement?)call.GetProperty("response")).FirstOrDefault();
    }

    /// <summary>The bodies that were sent to the token endpoint, with the credentials of their headers.</summary>
    public ConcurrentQueue<(JsonNode Body, string Authorization)> Authenticated { get; } = new();

    /// <summary>Whether the keys could be had when the recording was made.</summary>
    public bool HasKeys => _jwks is not { } answer || StatusOf(answer) is 200;

    public static bool IsJwks(JsonElement call) => call.GetProperty("path").GetString()!.Contains("/jwks/", StringComparison.Ordinal);

    /// <summary>The status of a recorded answer; null for a connection that broke.</summary>
    public static int? StatusOf(JsonElement answer) => answer.ValueKind is JsonValueKind.Object ? answer.GetProperty("status").GetInt32() : null;

    public async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path.Value!.Contains("/jwks/", StringComparison.Ordinal))
        {
            context.Response.StatusCode = HasKeys ? 200 : StatusOf(_jwks!.Value) ?? 500;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(_file.JwksText);
            return;
        }

        var body = await JsonNode.ParseAsync(context.Request.Body);
        Authenticated.Enqueue((body!, context.Request.Headers.Authorization.ToString()));
        _last = _authenticate.TryDequeue(out var next) ? next : _last;
        if (_last is not { } answer || StatusOf(answer) is not { } status) // no such call was recorded, or the connection broke
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        var isText = answer.GetProperty("body").ValueKind is JsonValueKind.String;
        context.Response.ContentType = isText ? "text/html" : "application/json";
        await context.Response.WriteAsync(isText ? answer.GetProperty("body").GetString()! : _values.Content(answer.GetProperty("body"))!.ToJsonString());
    }
}
