using System.Text;

namespace ExtAuthz.FakeWorkOS.FaultInjection;

/// <summary>The answers that are not the API's: a gateway's page, JSON that breaks off, JSON without end.</summary>
internal static class SpoiltAnswer
{
    private const string Json = "application/json; charset=utf-8";
    private const int HugeBytes = 8 * 1024 * 1024;

    public static Task WriteHtmlAsync(HttpResponse response, int status)
    {
        response.StatusCode = status;
        response.ContentType = "text/html";
        return response.WriteAsync("<html><body><h1>Bad gateway</h1></body></html>", response.HttpContext.RequestAborted);
    }

    public static Task WriteUnreadableAsync(HttpResponse response)
    {
        response.ContentType = Json;
        return response.WriteAsync("""{"access_token":"ey""", response.HttpContext.RequestAborted);
    }

    public static async Task WriteHugeAsync(HttpResponse response)
    {
        response.ContentType = Json;
        var aborted = response.HttpContext.RequestAborted;
        await response.WriteAsync("{\"padding\":\"", aborted);
        var chunk = Encoding.ASCII.GetBytes(new string('a', 64 * 1024));
        for (var written = 0; written < HugeBytes; written += chunk.Length)
        {
            await response.Body.WriteAsync(chunk, aborted);
        }

        await response.WriteAsync("\"}", aborted);
    }
}
