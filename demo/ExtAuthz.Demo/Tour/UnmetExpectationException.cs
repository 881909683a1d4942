namespace ExtAuthz.Demo.Tour;

/// <summary>A step of the tour saw something else than it should have.</summary>
internal sealed class UnmetExpectationException(string expected, string seen) : Exception($"expected {expected}, saw {seen}");
