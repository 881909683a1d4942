namespace ExtAuthz.Domain.SignIn;

/// <summary>What became of a logout that the provider told us of.</summary>
public abstract record LogoutOutcome
{
    private LogoutOutcome() { }

    /// <summary>It is done.</summary>
    /// <param name="SessionId">The session that is over; null for all sessions of a user.</param>
    public sealed record Ended(string? SessionId) : LogoutOutcome;

    /// <summary>It concerns no session of this browser.</summary>
    public sealed record NotConcerned : LogoutOutcome;

    /// <summary>It can not be believed.</summary>
    public sealed record Refused(LogoutFault Fault) : LogoutOutcome;

    /// <summary>It can not be verified now, for want of keys.</summary>
    public sealed record Unverifiable : LogoutOutcome;
}
