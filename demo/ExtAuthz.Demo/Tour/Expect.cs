using System.Runtime.CompilerServices;

namespace ExtAuthz.Demo.Tour;

/// <summary>What must hold for the tour to go on.</summary>
internal static class Expect
{
    public static void Equal<T>(T expected, T seen, [CallerArgumentExpression(nameof(seen))] string what = "")
    {
        if (!EqualityComparer<T>.Default.Equals(expected, seen))
        {
            throw new UnmetExpectationException($"{what} to be {Text(expected)}", Text(seen));
        }
    }

    public static void True(bool holds, object? seen, [CallerArgumentExpression(nameof(holds))] string what = "")
    {
        if (!holds)
        {
            throw new UnmetExpectationException(what, Text(seen));
        }
    }

    private static string Text(object? value) => value?.ToString() ?? "nothing";
}
