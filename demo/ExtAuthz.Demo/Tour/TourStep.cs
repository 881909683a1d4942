namespace ExtAuthz.Demo.Tour;

/// <summary>One claim of the tour.</summary>
/// <param name="Claim">What holds, as a sentence.</param>
/// <param name="ShowAsync">Tries it and returns what was seen.</param>
internal sealed record TourStep(string Claim, Func<TourWorld, Task<string>> ShowAsync);
