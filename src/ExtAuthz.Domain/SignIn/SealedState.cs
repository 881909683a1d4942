namespace ExtAuthz.Domain.SignIn;

/// <summary>A sealed sign-in state: the <c>state</c> parameter of OAuth and the value of the flow cookie.</summary>
/// <param name="Value">The seal; never log it.</param>
public readonly record struct SealedState(string Value)
{
    /// <summary>A placeholder; the value never appears in text.</summary>
    public override string ToString() => "[sealed state]";
}
