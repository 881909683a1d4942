namespace ExtAuthz.FakeWorkOS.Accounts;

/// <summary>The users and organisations that a newcomer finds on the sign-in page.</summary>
public static class SampleAccounts
{
    /// <summary>The organisation that Ada runs.</summary>
    public static readonly FakeOrganization Engines = new("org_01ANALYTICALENGINES", "Analytical Engines");

    /// <summary>A second organisation to switch to.</summary>
    public static readonly FakeOrganization Compilers = new("org_01COMPILERWORKS", "Compiler Works");

    /// <summary>Switching to it answers <c>sso_required</c>.</summary>
    public static readonly FakeOrganization Bank = new("org_01SSOBANK", "Single Sign-on Bank", SwitchPolicy.SsoRequired);

    /// <summary>Switching to it answers <c>mfa_enrollment</c>.</summary>
    public static readonly FakeOrganization Vault = new("org_01MFAVAULT", "Two Factor Vault", SwitchPolicy.MfaEnrollment);

    /// <summary>An administrator with every kind of claim.</summary>
    public static readonly FakeUser Ada = new("user_01ADALOVELACE", "ada@example.com", "Ada", "Lovelace")
    {
        Memberships =
        [
            new FakeMembership(Engines.Id, "admin")
            {
                Permissions = ["engines:read", "engines:write", "members:manage"],
                Entitlements = ["audit-logs"],
                FeatureFlags = ["punch-cards"],
            },
            new FakeMembership(Compilers.Id, "member"),
            new FakeMembership(Bank.Id, "member"),
            new FakeMembership(Vault.Id, "member"),
        ],
    };

    /// <summary>A plain member.</summary>
    public static readonly FakeUser Grace = new("user_01GRACEHOPPER", "grace@example.com", "Grace", "Hopper")
    {
        Memberships = [new FakeMembership(Engines.Id, "member")],
    };

    /// <summary>A user without an organisation.</summary>
    public static readonly FakeUser Linus = new("user_01LINUSTORVALDS", "linus@example.com", "Linus", "Torvalds");

    /// <summary>A user whose session belongs to a member of staff.</summary>
    public static readonly FakeUser Charles = new("user_01CHARLESBABBAGE", "charles@example.com", "Charles", "Babbage")
    {
        Memberships = [new FakeMembership(Engines.Id, "member")],
        Impersonator = new Impersonator("support@example.com", "The engine prints only zeros"),
    };

    public static IReadOnlyList<FakeUser> Users { get; } = [Ada, Grace, Linus, Charles];

    public static IReadOnlyList<FakeOrganization> Organizations { get; } = [Engines, Compilers, Bank, Vault];
}
