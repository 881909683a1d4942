namespace ExtAuthz.Server.Transport.Kestrel;

/// <summary>Ends a call when the client's <c>grpc-timeout</c> has passed or the client has gone.</summary>
internal sealed class Deadline : IDisposable
{
    /// <summary>No call takes longer; timers can not wait for the years that eight digits of hours are.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly CancellationTokenSource? _source;
    private readonly CancellationTokenRegistration _aborted;

    public Deadline(TimeSpan? timeLeft, TimeProvider time, CancellationToken aborted)
    {
        Token = aborted;
        if (timeLeft is { } left)
        {
            _source = new CancellationTokenSource(left < Longest ? left : Longest, time);
            _aborted = aborted.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source); // the state just given
            Token = _source.Token;
        }
    }

    public CancellationToken Token { get; }

    public void Dispose()
    {
        _aborted.Dispose();
        _source?.Dispose();
    }
}
