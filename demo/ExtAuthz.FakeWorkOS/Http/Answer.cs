using System.Text.Json.Nodes;

namespace ExtAuthz.FakeWorkOS.Http;

/// <summary>A JSON answer of the API. It has no Content-Length, so a caller sees its end only after the ledger and the log have counted it.</summary>
internal sealed record Answer(int Status, JsonObject Body)
{
    public TimeSpan? RetryAfter { get; init; }

    public bool Succeeded => Status == StatusCodes.Status200OK;

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        response.ContentType = "application/json; charset=utf-8";
        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = ((long)wait.TotalSeconds).ToString();
        }

        await response.WriteAsync(Body.ToJsonString(), response.HttpContext.RequestAborted);
    }

    /// <summary>The body may hold tokens.</summary>
    public override string ToString() => $"{Status} [body]";
}
