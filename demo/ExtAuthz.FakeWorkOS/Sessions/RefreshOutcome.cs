using ExtAuthz.FakeWorkOS.Http;

namespace ExtAuthz.FakeWorkOS.Sessions;

/// <summary>How a refresh ended.</summary>
internal abstract record RefreshOutcome
{
    private RefreshOutcome() { }

    public sealed record Granted(Lazy<SessionTokens> Tokens) : RefreshOutcome;

    public sealed record Refused(Answer Error) : RefreshOutcome;
}
