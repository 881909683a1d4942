namespace ExtAuthz.Domain.Refresh;

/// <summary>What comes of asking to exchange a refresh token.</summary>
public abstract record RefreshClaim
{
    private RefreshClaim() { }

    /// <summary>It may be exchanged, by whoever asked and nobody else for now.</summary>
    /// <param name="SinceFirstSend">How long ago it may have been sent to the provider for the first time, by somebody who has not told of an exchange; null when it never was.</param>
    public sealed record Granted(TimeSpan? SinceFirstSend) : RefreshClaim;

    /// <summary>Somebody else exchanges it now, or may.</summary>
    /// <param name="AskAgain">Ends when it is worth asking again: the claim was given up, or may have been.</param>
    public sealed record Held(Task AskAgain) : RefreshClaim;

    /// <summary>It is known how that ended.</summary>
    public sealed record Settled(RefreshResult Result) : RefreshClaim;

    /// <summary>It was exchanged, its successor is in use, and its result is kept no longer: who shows it is late by far, or a thief.</summary>
    public sealed record Spent : RefreshClaim;

    /// <summary>Nobody can say, and to exchange it all the same could end the session.</summary>
    public sealed record Unreachable : RefreshClaim;
}
