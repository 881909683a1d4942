using ExtAuthz.Domain.SignIn;
using ExtAuthz.Tests.Shared;

namespace ExtAuthz.Domain.Tests.SignIn;

/// <summary>fixtures/misc.json: challenges as WorkOS' SDK makes them.</summary>
public sealed class PkceConformanceTests
{
    [Fact]
    public void Every_verifier_has_the_recorded_challenge()
    {
        using var misc = FixtureFolder.Open("fixtures/misc.json");

        misc.RootElement.Items("pkcePairs").ShouldAllSatisfy(pair =>
        {
            pair.GetProperty("codeChallengeMethod").GetString().ShouldBe("S256");
            Pkce.Challenge(pair.GetProperty("codeVerifier").GetString()!).ShouldBe(pair.GetProperty("codeChallenge").GetString());
        });
    }
}
