namespace ExtAuthz.Domain.Sessions;

/// <summary>What a session that is too large for its cookies loses of its user, in this order.</summary>
public enum UserPart
{
    /// <summary>The application's own data, <c>metadata</c>.</summary>
    Metadata,

    /// <summary>The address of the picture, <c>profilePictureUrl</c>.</summary>
    ProfilePicture,

    /// <summary>The names: <c>name</c>, <c>firstName</c>, <c>lastName</c>.</summary>
    Names,

    /// <summary>Everything but <c>object</c>, <c>id</c>, <c>email</c> and <c>emailVerified</c>.</summary>
    Profile,
}
