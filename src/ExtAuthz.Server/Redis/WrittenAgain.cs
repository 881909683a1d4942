namespace ExtAuthz.Server.Redis;

/// <summary>What a replica writes again after a reconnect, for Redis may have lost it.</summary>
internal static class WrittenAgain
{
    /// <summary>How many of a kind are remembered for that for long: some 200 bytes each, a renewal a few thousand. In a crowd Redis alone remembers.</summary>
    public const int Most = 20_000;

    /// <summary>Writes all, many at once: they must be there before another replica may take their tokens.</summary>
    public static Task AllAsync<T>(IEnumerable<T> records, Func<T, Task> writeAsync) =>
        Parallel.ForEachAsync(records, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (record, _) => await writeAsync(record));
}
