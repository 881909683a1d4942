namespace ExtAuthz.Server.Tokens;

/// <summary>Key ids that a fetch has not brought, remembered for a while so that nobody waits for them again. Not safe for concurrent use.</summary>
internal sealed class UnknownKeyIds(TimeProvider time)
{
    private const int Capacity = 1024;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, long Since)> oldestFirst = new();

    public bool Contains(string id)
    {
        while (oldestFirst.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Since) >= Life)
        {
            ForgetOldest();
        }

        return ids.Contains(id);
    }

    public void Add(string id)
    {
        if (!ids.Add(id))
        {
            return;
        }

        oldestFirst.Enqueue((id, time.GetTimestamp()));
        if (ids.Count > Capacity)
        {
            ForgetOldest();
        }
    }

    private void ForgetOldest() => ids.Remove(oldestFirst.Dequeue().Id);
}
