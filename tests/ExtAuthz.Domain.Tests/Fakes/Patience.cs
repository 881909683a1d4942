namespace ExtAuthz.Domain.Tests.Fakes;

/// <summary>How long a test waits for what must happen at once: a guard against hanging, never a measurement.</summary>
internal static class Patience
{
    public static readonly TimeSpan OfTests = TimeSpan.FromSeconds(30);
}
