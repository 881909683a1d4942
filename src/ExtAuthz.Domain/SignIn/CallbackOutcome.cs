using System.Collections.Immutable;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Domain.SignIn;

/// <summary>How a callback ended.</summary>
public abstract record CallbackOutcome
{
    private CallbackOutcome() { }

    /// <summary>The cookies of sign-ins to set, and those to delete, with their values.</summary>
    public ImmutableArray<string> SetCookies { get; init; } = [];

    /// <summary>What there is to tell besides.</summary>
    public ImmutableArray<SessionEvent> Events { get; init; } = [];

    /// <summary>A session begins.</summary>
    public sealed record SignedIn(SealedSession Sealed, ReturnPath ReturnPath) : CallbackOutcome;

    /// <summary>The sign-in is lost, but the browser has a session: another tab was faster.</summary>
    public sealed record AlreadySignedIn(ReturnPath ReturnPath) : CallbackOutcome;

    /// <summary>The sign-in is lost and may begin again, once.</summary>
    /// <param name="ReturnPath">Where the user wanted to go, as far as that is still known.</param>
    /// <param name="Failure">What to tell a client that cannot be redirected.</param>
    public sealed record Lost(ReturnPath ReturnPath, Failed Failure) : CallbackOutcome;

    /// <summary>No session begins.</summary>
    /// <param name="Failure">The reason the user is told.</param>
    /// <param name="Cause">A short cause without secrets, for logs.</param>
    public sealed record Failed(SignInFailure Failure, string Cause) : CallbackOutcome;
}
