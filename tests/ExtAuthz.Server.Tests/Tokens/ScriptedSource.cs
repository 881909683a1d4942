using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Server.Tests.Tokens;

/// <summary>What replicas share of the key set, as a test says: answers by <see cref="Answer"/> and remembers why it was asked.</summary>
internal sealed class ScriptedSource(JwksResult answer) : IKeySetSource
{
    public JwksResult? Answer { get; set; } = answer;

    public List<FetchReason> Asked { get; } = [];

    public Task<JwksResult?> FetchAsync(FetchReason reason, CancellationToken cancellationToken)
    {
        Asked.Add(reason);
        return Task.FromResult(Answer);
    }
}
