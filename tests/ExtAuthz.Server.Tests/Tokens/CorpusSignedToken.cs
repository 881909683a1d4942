namespace ExtAuthz.Server.Tests.Tokens;

/// <summary>The three parts of a finished token.</summary>
internal sealed record CorpusSignedToken(string Header, string Payload, byte[] Signature)
{
    public override string ToString() => $"{Header}.{Payload}.{TokenKeys.Text(Signature)}";
}
