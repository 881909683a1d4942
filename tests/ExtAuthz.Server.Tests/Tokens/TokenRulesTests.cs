using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Server.Tests.Tokens;

public sealed class TokenRulesTests
{
    [Theory]
    [InlineData("https://api.workos.com", true)]
    [InlineData("https://api.workos.com/", true)]
    [InlineData("https://api.workos.com/user_management/client_1", true)]
    [InlineData("https://auth.example", true)]
    [InlineData("https://auth.example/user_management/client_1", true)]
    [InlineData("https://api.workos.com/user_management/client_2", false)]
    [InlineData("https://api.workos.com/user_management/client_1/", false)]
    [InlineData("HTTPS://api.workos.com", false)]
    [InlineData("", false)]
    public void WorkOS_is_known_by_its_own_spellings_only(string issuer, bool known) =>
        TokenRules.WorkOSIssuers("https://auth.example", "client_1").Contains(issuer).ShouldBe(known);
}
