using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Domain.Pages;

/// <summary>What a user reads when a sign-in could not be completed.</summary>
public static class SignInFailurePage
{
    private const string Title = "You are not signed in";

    /// <summary>The page for a failure.</summary>
    /// <param name="failure">The reason.</param>
    /// <param name="link">Where a new sign-in begins.</param>
    public static Page For(SignInFailure failure, string link) =>
        new(Title, Message(failure), ReasonCode.Of(failure)) { Link = link, LinkText = "Sign in again" };

    private static string Message(SignInFailure failure) => failure switch
    {
        SignInFailure.ProviderRefused => "The sign-in was cancelled or refused. Nothing has changed.",
        SignInFailure.NotStartedHere => "This sign-in was not started in this browser, or its cookie is gone. If it happens again, check that cookies are allowed for this site.",
        SignInFailure.Expired => "This sign-in took too long and has expired.",
        SignInFailure.ProviderUnavailable => "The sign-in service does not answer at the moment. Please try again shortly.",
        SignInFailure.SessionTooLarge => "Your account holds more data than this site can keep in your browser. Signing in again does not help; please tell those who run this site.",
        _ => "The sign-in could not be completed.",
    };
}
