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
        SignInFailure.AccessDenied => "The sign-in was cancelled or refused. Nothing has changed.",
        SignInFailure.ProviderRefused => "The sign-in service reports an error. Nothing has changed.",
        SignInFailure.NotStartedHere => "This sign-in was not started in this browser.",
        SignInFailure.CookiesBlocked => "This browser does not keep the cookies of this site. Please check that cookies are allowed for it.",
        SignInFailure.AlreadyUsed => "This sign-in has been used already.",
        SignInFailure.Expired => "This sign-in took too long and has expired.",
        SignInFailure.ProviderUnavailable => "The sign-in service does not answer at the moment. Please try again shortly.",
        SignInFailure.SessionTooLarge => "Your account holds more data than this site can keep in your browser. Signing in again does not help; please tell those who run this site.",
        SignInFailure.AuthenticationTooOld => "The page you wanted needs a fresh sign-in, and the sign-in service did not ask you for one. Please tell those who run this site.",
        SignInFailure.ClocksDiffer => "The clock of this site and that of the sign-in service do not agree. Please tell those who run this site.",
        SignInFailure.SessionNotKept => "You came back several times without being signed in. Either this browser refuses the cookie of your session, or the session is too large for a cookie, or a clock is wrong.",
        _ => "The sign-in could not be completed.",
    };
}
