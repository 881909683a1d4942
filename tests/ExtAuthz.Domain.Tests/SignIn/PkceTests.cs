using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tests.Fakes;

namespace ExtAuthz.Domain.Tests.SignIn;

public sealed class PkceTests
{
    [Fact]
    public void The_example_of_RFC_7636_appendix_B_holds() =>
        Pkce.Challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").ShouldBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");

    [Fact]
    public void A_verifier_is_43_characters_of_32_random_bytes()
    {
        var random = new FixedRandom();

        Pkce.NewVerifier(random).ShouldBe("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
        Pkce.NewVerifier(random).Length.ShouldBe(43);
    }
}
