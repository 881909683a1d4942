using System.Collections.Immutable;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Domain.SignIn;

/// <summary>How a callback ended.</summary>
public abstract record CallbackOutcome
{
    private CallbackOutcome() { }

    /// <summary>The flow cookies that have served.</summary>
    public ImmutableArray<string> SpentFlowCookies { get; init; } = [];

    /// <summary>What there is to tell besides.</summary>
    public ImmutableArray<SessionEvent> Events { get; init; } = [];

    /// <summary>A session begins.</summary>
    public sealed record SignedIn(SealedSession Sealed, ReturnPath ReturnPath) : CallbackOutcome;

    /// <summary>No session begins.</summary>
    /// <param name="Failure">The reason the user is told.</param>
    /// <param name="Cause">A short cause without secrets, for logs.</param>
    public sealed record Failed(SignInFailure Failure, string Cause) : CallbackOutcome;
}
