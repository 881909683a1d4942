using ExtAuthz.FakeWorkOS.Bookkeeping;
using ExtAuthz.FakeWorkOS.FaultInjection;
using ExtAuthz.FakeWorkOS.Http;

namespace ExtAuthz.FakeWorkOS.Keys;

/// <summary><c>GET /sso/jwks/{clientId}</c> and <c>GET /user_management/sessions/jwks/{clientId}</c>.</summary>
internal sealed class JwksEndpoint(FakeWorkOSOptions options, KeyRing keys, Faults faults, FaultyResponder responder, Ledger ledger)
{
    public async Task GetAsync(HttpContext context)
    {
        ledger.CountJwksCall();
        await responder.RespondAsync(context, faults.Jwks, () => Answer(context.Request.RouteValues["clientId"]));
    }

    private Answer Answer(object? clientId) =>
        options.ClientId.Equals(clientId) ? new Answer(StatusCodes.Status200OK, keys.ToJwks()) : WorkOSError.NotFound("Client", clientId);
}
