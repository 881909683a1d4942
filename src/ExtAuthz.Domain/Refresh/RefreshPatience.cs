namespace ExtAuthz.Domain.Refresh;

/// <summary>How long a request waits for a refresh. The refresh does not end with it.</summary>
public static class RefreshPatience
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ForUserThatLeaves = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(250);

    /// <summary>While the present token is alive nobody waits: the refresh serves the next request.</summary>
    public static TimeSpan WhileAlive => TimeSpan.Zero;

    /// <summary>A sign-out waits at most three seconds for the provider to revoke a token: the user is leaving.</summary>
    /// <param name="timeLeft">What is left of Envoy's deadline; null when it has none.</param>
    public static TimeSpan OfSignOut(TimeSpan? timeLeft) => Within(timeLeft) < ForUserThatLeaves ? Within(timeLeft) : ForUserThatLeaves;

    /// <summary>At most ten seconds, and so that an answer still reaches Envoy: a quarter of a second before its deadline, or a quarter of a short one.</summary>
    /// <param name="timeLeft">What is left of Envoy's deadline; null when it has none.</param>
    public static TimeSpan Within(TimeSpan? timeLeft)
    {
        if (timeLeft is not { } left)
        {
            return Longest;
        }

        var margin = left / 4 < Margin ? left / 4 : Margin;
        return left - margin < Longest ? left - margin : Longest;
    }
}
