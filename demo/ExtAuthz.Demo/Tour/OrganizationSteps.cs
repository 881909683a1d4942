using ExtAuthz.FakeWorkOS.Accounts;

namespace ExtAuthz.Demo.Tour;

/// <summary>A user of several organisations.</summary>
internal static class OrganizationSteps
{
    public static async Task<string> UserChangesOrganizationAsync(TourWorld world)
    {
        using var member = world.NewVisitor();
        await member.SignInAsync(TourWorld.ProtectedPage, world.Provider.Ada);

        var changed = await member.PressAsync(SwitchTo(SampleAccounts.Compilers));
        Expect.Equal(303, changed.Status);
        Expect.Equal(TourWorld.ProtectedPage, changed.Target.AbsolutePath);
        var page = await member.FetchAsync(TourWorld.ProtectedPage);
        Expect.Equal(SampleAccounts.Compilers.Id, page.Upstream("x-auth-org-id"));
        Expect.Equal("member", page.Upstream("x-auth-role"));

        var refused = await member.PressAsync(SwitchTo(SampleAccounts.Bank));
        Expect.Equal(world.Provider.SignInPage, refused.Target.GetLeftPart(UriPartial.Path));
        Expect.True(refused.Target.Query.Contains($"organization_id={SampleAccounts.Bank.Id}", StringComparison.Ordinal), refused.Target);
        Expect.Equal(200, (await member.FetchAsync(TourWorld.ProtectedPage)).Status);
        return $"{page.Upstream("x-auth-role")} of {page.Upstream("x-auth-org-id")} from the next request on; {SampleAccounts.Bank.Id} wants its own sign-in and gets it";
    }

    private static string SwitchTo(FakeOrganization organization) => $"/switch-organization?organization_id={organization.Id}&return_to={TourWorld.ProtectedPage}";
}
