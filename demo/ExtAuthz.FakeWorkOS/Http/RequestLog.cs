namespace ExtAuthz.FakeWorkOS.Http;

/// <summary>Gives every answer a request id and logs it in one line: no query, no body, no header.</summary>
internal sealed class RequestLog(ILogger<RequestLog> logger)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers["X-Request-ID"] = Identifiers.New("req_");
        try
        {
            await next(context);
        }
        finally
        {
            logger.Answered(context.Request.Method, context.Request.Path.ToUriComponent(), context.Response.StatusCode);
        }
    }
}
