namespace ExtAuthz.Domain.Sessions;

/// <summary>A sealed session: the value of the session cookie, <c>Fe26.2*…~2</c>, not percent-encoded.</summary>
/// <param name="Value">The seal; never log it.</param>
public readonly record struct SealedSession(string Value)
{
    /// <summary>A placeholder; the value never appears in text.</summary>
    public override string ToString() => "[sealed session]";
}
