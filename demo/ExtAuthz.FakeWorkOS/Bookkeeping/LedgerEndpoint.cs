using ExtAuthz.FakeWorkOS.Http;

namespace ExtAuthz.FakeWorkOS.Bookkeeping;

/// <summary><c>GET /_fake/ledger</c>: the ledger for tests in another process.</summary>
internal sealed class LedgerEndpoint(Ledger ledger)
{
    public Task GetAsync(HttpContext context) => new Answer(StatusCodes.Status200OK, ledger.ToJson()).WriteAsync(context.Response);
}
