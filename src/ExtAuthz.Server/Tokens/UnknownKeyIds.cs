namespace ExtAuthz.Server.Tokens;

/// <summary>Key ids that a fetch has not brought, remembered for a while so that nobody waits for them again. Not safe for concurrent use.</summary>
internal sealed class UnknownKeyIds(TimeProvider time)
{
    private const int Capacity = 1024;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, long Since)> _oldestFirst = new();

    public bool Contains(string id)
    {
        while (_oldestFirst.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Since) >= Life)
        {
            ForgetOldest();
        }

        return _ids.Contains(id);
    }

    public void Add(string id)
    {
        if (!_ids.Add(id))
        {
            return;
        }

        _oldestFirst.Enqueue((id, time.GetTimestamp()));
        if (_ids.Count > Capacity)
        {
            ForgetOldest();
        }
    }

    private void ForgetOldest() => _ids.Remove(_oldestFirst.Dequeue().Id);
}
