namespace ExtAuthz.FakeWorkOS.Accounts;

/// <summary>What a refresh that switches to an organisation is answered.</summary>
public enum SwitchPolicy
{
    /// <summary>Members switch freely.</summary>
    Open,

    /// <summary>403 <c>sso_required</c>: sign in again through the organisation's identity provider.</summary>
    SsoRequired,

    /// <summary>403 <c>mfa_enrollment</c>: a second factor must be enrolled first.</summary>
    MfaEnrollment,
}
