using ExtAuthz.Domain.SignIn;

namespace ExtAuthz.Domain.Tests;

public sealed class ReasonCodeTests
{
    [Fact]
    public void A_code_is_the_name_in_snake_case()
    {
        ReasonCode.Of(DecisionReason.NotSignedIn).ShouldBe("not_signed_in");
        ReasonCode.Of(SignInFailure.Expired).ShouldBe("expired");
        ReasonCode.Of("ABTest").ShouldBe("a_b_test");
    }

    [Fact]
    public void Codes_are_a_contract() => Enum.GetValues<DecisionReason>().Select(ReasonCode.Of).ShouldBe(
    [
        "signed_in", "public", "not_signed_in", "session_ended", "authentication_too_old", "provider_unavailable", "keys_unavailable",
        "bad_request", "unknown_host", "sign_in_completed", "sign_in_restarted", "sign_in_failed", "sign_out_completed", "organization_switched",
        "organization_refused", "not_confirmed", "logout_received", "logout_refused", "session_told", "internal_fault",
    ]);
}
