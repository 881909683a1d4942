using ExtAuthz.Domain.Refresh;

namespace ExtAuthz.Server.Redis;

/// <summary>The result of a refresh that this replica made.</summary>
/// <param name="Name">What stands for the token in keys.</param>
/// <param name="Grant">The refresh.</param>
/// <param name="Owner">Who held the lock.</param>
/// <param name="Result">What it came to.</param>
/// <param name="Until">The end of its record.</param>
internal sealed record PublishedResult(string Name, RefreshGrant Grant, string Owner, RefreshResult Result, DateTimeOffset Until)
{
    /// <summary>The token that a renewal brought in place of its own; null for any other result.</summary>
    public Domain.Tokens.RefreshToken? Successor => RefreshRecordLife.SettlesToken(Grant, Result) ? ((RefreshResult.Renewed)Result).Session.RefreshToken : null;
}
