namespace ExtAuthz.Server.Transport.Kestrel;

/// <summary><c>envoy.service.auth.v3.Authorization/Check</c>.</summary>
internal sealed class CheckMethod(CheckCall check) : IGrpcMethod
{
    public string Path => "/envoy.service.auth.v3.Authorization/Check";

    public async ValueTask<GrpcStatus> InvokeAsync(GrpcCall call)
    {
        call.Write(await check.AnswerAsync(check.Read(call.Message, call.TimeLeft), call.Cancellation));
        return GrpcStatus.Ok;
    }
}
