using System.Globalization;

namespace ExtAuthz.Domain.SignIn;

/// <summary>A sealed sign-in state: the <c>state</c> parameter of OAuth and the value of the flow cookie.</summary>
/// <param name="Value">The seal; never log it.</param>
public readonly record struct SealedState(string Value)
{
    /// <summary>When it ends, as the seal says outside its encryption; null when it says nothing. Proven only once the seal has been opened.</summary>
    public DateTimeOffset? EndsAt =>
        Value.Split('*') is { Length: 8 } fields && long.TryParse(fields[5], NumberStyles.None, CultureInfo.InvariantCulture, out var end) && end <= LatestEnd
            ? DateTimeOffset.FromUnixTimeMilliseconds(end)
            : null;

    private static long LatestEnd { get; } = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>A placeholder; the value never appears in text.</summary>
    public override string ToString() => "[sealed state]";
}
