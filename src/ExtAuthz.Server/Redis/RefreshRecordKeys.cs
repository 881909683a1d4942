using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Server.Redis;

/// <summary>The keys of the records of a refresh token. All of one token have one hash tag, so that a script may see them in a cluster.</summary>
internal sealed class RefreshRecordKeys(RecordNames names)
{
    /// <summary>What stands for a token in keys.</summary>
    public string NameOf(RefreshToken token) => names.Of("refresh token", token.Value);

    public string Result(string name) => names.KeyOf(RecordType.Result, name);

    /// <summary>What was not a renewal is of one wish only: the token may still be good for another organisation.</summary>
    public string Failure(string name, string? organizationId) => $"{names.KeyOf(RecordType.Failure, name)}:{names.Of("organization", organizationId ?? "")}";

    public string Tombstone(string name) => names.KeyOf(RecordType.Tombstone, name);

    public string Lock(string name) => names.KeyOf(RecordType.Lock, name);

    public string Attempt(string name) => names.KeyOf(RecordType.Attempt, name);

    public string Predecessor(string name) => names.KeyOf(RecordType.Predecessor, name);
}
