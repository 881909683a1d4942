using ExtAuthz.Server.Tokens;

namespace ExtAuthz.Server.Tests.Tokens;

/// <summary>What replicas share of the key set, as a test says: answers by <see cref="Answer"/> and remembers for which keys it was asked.</summary>
internal sealed class ScriptedSource(JwksResult answer) : IKeySetSource
{
    public JwksResult? Answer { get; set; } = answer;

    public List<string?> Asked { get; } = [];

    public Task<JwksResult?> FetchAsync(string? unknownKeyId, CancellationToken cancellationToken)
    {
        Asked.Add(unknownKeyId);
        return Task.FromResult(Answer);
    }
}
