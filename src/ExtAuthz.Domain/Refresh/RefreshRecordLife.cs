namespace ExtAuthz.Domain.Refresh;

/// <summary>How long the result of a refresh is kept for those who come with the old token.</summary>
/// <param name="Unacknowledged">Until the browser shows the new token: the answer that carried it may have been lost.</param>
public sealed record RefreshRecordLife(TimeSpan Unacknowledged)
{
    /// <summary>After that: for requests that were on their way.</summary>
    public static TimeSpan Acknowledged { get; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a token whose successor is in use is known as spent.</summary>
    public static TimeSpan Spent { get; } = TimeSpan.FromHours(24);

    private static readonly TimeSpan Ended = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WithoutRotation = TimeSpan.FromSeconds(5); // it stays good, and buys another token next time

    /// <summary>The life of a result; zero for one that is not kept.</summary>
    public TimeSpan Of(RefreshGrant grant, RefreshResult result) => result switch
    {
        RefreshResult.Renewed renewed => IsRotated(grant, renewed) ? Unacknowledged : WithoutRotation,
        RefreshResult.Unavailable later => later.RetryAfter,
        _ => Ended,
    };

    /// <summary>Whether a result settles the token, whatever was asked for: then only its successor is of use. Any other result is of one grant.</summary>
    public static bool SettlesToken(RefreshGrant grant, RefreshResult result) => result is RefreshResult.Renewed renewed && IsRotated(grant, renewed);

    private static bool IsRotated(RefreshGrant grant, RefreshResult.Renewed renewed) => renewed.Session.RefreshToken != grant.RefreshToken;
}
