namespace ExtAuthz.Domain.SignIn;

/// <summary>Which screen AuthKit shows first.</summary>
public enum ScreenHint
{
    /// <summary><c>sign-in</c>.</summary>
    SignIn,

    /// <summary><c>sign-up</c>.</summary>
    SignUp,
}
