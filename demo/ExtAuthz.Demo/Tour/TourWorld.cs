using ExtAuthz.FakeWorkOS.Bookkeeping;
using ExtAuthz.FakeWorkOS.FaultInjection;
using ExtAuthz.FakeWorkOS.Keys;

namespace ExtAuthz.Demo.Tour;

/// <summary>What the steps of the tour share: the running demo, its clock, its provider's switches, and one visitor.</summary>
internal sealed record TourWorld(Demonstration Demonstration, TourClock Clock, Visitor Visitor)
{
    public const string ProtectedPage = "/account";
    public const string PublicPage = "/about";

    public Faults Faults => Demonstration.Provider.GetRequiredService<Faults>();

    public Ledger Ledger => Demonstration.Provider.GetRequiredService<Ledger>();

    public KeyRing Keys => Demonstration.Provider.GetRequiredService<KeyRing>();

    /// <summary>Lets the access token of the visitor's session end.</summary>
    public void LetTokenExpire() => Clock.Advance(Faults.AccessTokenLifetime + TimeSpan.FromSeconds(1));
}
