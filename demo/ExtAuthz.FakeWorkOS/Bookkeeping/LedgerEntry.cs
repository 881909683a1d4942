namespace ExtAuthz.FakeWorkOS.Bookkeeping;

/// <summary>What happened to one refresh token: calls that carried it, pairs made from it (0 or 1), answers with the pair that were sent.</summary>
public sealed record LedgerEntry(int Uses, int Rotations, int Deliveries);
