using ExtAuthz.Domain.Sessions;
using ExtAuthz.Server.Sites;

namespace ExtAuthz.Server.WorkOS;

/// <summary>Takes WorkOS' events and ends sessions of all sites by them. One that comes twice says the same again.</summary>
internal sealed class ProviderEvents(EventSignature signature, SiteDirectory sites, TimeProvider clock, ILogger<ProviderEvents> logger)
{
    public const string Path = "/events/workos";

    private const int MaxLength = 64 * 1024;

    /// <summary>Answers with the status alone.</summary>
    public async Task AnswerAsync(HttpContext http) => http.Response.StatusCode = await TakeAsync(http.Request, http.RequestAborted);

    private async Task<int> TakeAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await ReadAsync(request, cancellationToken) is not { } body)
        {
            return Refuse(ProviderEventFault.TooLarge, StatusCodes.Status413PayloadTooLarge);
        }

        if (!signature.Holds(request.Headers[EventSignature.HeaderName].ToString(), body))
        {
            return Refuse(ProviderEventFault.Signature, StatusCodes.Status401Unauthorized);
        }

        if (ProviderEvent.Read(body) is not { } @event)
        {
            return Refuse(ProviderEventFault.Malformed, StatusCodes.Status400BadRequest);
        }

        foreach (var site in sites.Sites)
        {
            await ApplyAsync(@event, site.GetRequiredService<ISessionRevocation>(), cancellationToken);
        }

        return StatusCodes.Status200OK;
    }

    private async ValueTask ApplyAsync(ProviderEvent @event, ISessionRevocation revocation, CancellationToken cancellationToken)
    {
        switch (@event)
        {
            case ProviderEvent.SessionRevoked ended:
                await revocation.RevokeAsync(ended.SessionId, cancellationToken);
                Log.SignedOutByProvider(logger, $"session {ended.SessionId}");
                break;
            case ProviderEvent.UserDeleted deleted:
                await revocation.RevokeUserAsync(deleted.UserId, clock.GetUtcNow(), cancellationToken);
                Log.SignedOutByProvider(logger, "all sessions of a user");
                break;
        }
    }

    /// <summary>The body; null when it is too long.</summary>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxLength)
        {
            return null;
        }

        var body = new byte[MaxLength + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= MaxLength ? body[..length] : null;
    }

    private int Refuse(ProviderEventFault fault, int status)
    {
        Log.ProviderEventRefused(logger, fault);
        return status;
    }
}
