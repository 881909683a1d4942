namespace ExtAuthz.FakeWorkOS.Authorization;

/// <summary>What the parameters of an authorisation request amount to.</summary>
internal abstract record AuthorizeOutcome
{
    private AuthorizeOutcome() { }

    /// <summary>The sign-in page may be shown.</summary>
    public sealed record Accepted(AuthorizeRequest Request) : AuthorizeOutcome;

    /// <summary>The client asked for something wrong and is told so at its callback.</summary>
    public sealed record ErrorToClient(string Url) : AuthorizeOutcome;

    /// <summary>Client or callback are not known, so nothing is redirected.</summary>
    public sealed record ErrorPage(string Message) : AuthorizeOutcome;
}
