namespace ExtAuthz.Edge.Downstream;

/// <summary>What the connection manager made of a request before any filter ran.</summary>
internal abstract record Admission
{
    private Admission()
    {
    }

    /// <summary>On to the filters, with the normalised path.</summary>
    public sealed record Accepted(DownstreamRequest Request) : Admission;

    /// <summary>Answered at once; no check is made.</summary>
    public sealed record Rejected(LocalReply Reply) : Admission;
}
