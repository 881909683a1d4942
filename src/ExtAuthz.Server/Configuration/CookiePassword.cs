namespace ExtAuthz.Server.Configuration;

/// <summary>A secret that seals cookies, under the number that the seal names.</summary>
/// <param name="Id">The number; the highest one seals, any opens.</param>
/// <param name="Secret">At least 32 UTF-16 code units; never log it.</param>
internal sealed record CookiePassword(int Id, string Secret)
{
    public override string ToString() => $"[cookie password {Id}]";
}
