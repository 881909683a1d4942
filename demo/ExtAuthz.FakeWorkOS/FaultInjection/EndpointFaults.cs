namespace ExtAuthz.FakeWorkOS.FaultInjection;

/// <summary>The fault switches of one endpoint. Nothing is wrong until one is set.</summary>
public sealed class EndpointFaults
{
    private readonly Lock _gate = new();
    private readonly SeededChance _chance;
    private FaultAnswer? _answer;
    private int? _callsLeft; // null: no limit
    private TimeSpan _latency;
    private double _lostAnswers;

    internal EndpointFaults(SeededChance chance) => _chance = chance;

    /// <summary>How long an answer is held back. The work is done before, so a caller that gives up has still used its token.</summary>
    public TimeSpan Latency
    {
        get { lock (_gate) { return _latency; } }
        set { lock (_gate) { _latency = value; } }
    }

    /// <summary>Probability, 0 to 1, that the connection drops after the work and before the answer.</summary>
    public double LostAnswers
    {
        get { lock (_gate) { return _lostAnswers; } }
        set { lock (_gate) { _lostAnswers = value; } }
    }

    /// <summary>Gives this answer to the next calls, or to all until cleared.</summary>
    public void Answer(FaultAnswer fault, int? calls = null)
    {
        lock (_gate)
        {
            _answer = fault;
            _callsLeft = calls;
        }
    }

    /// <summary>Switches every fault off.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _answer = null;
            _latency = TimeSpan.Zero;
            _lostAnswers = 0;
        }
    }

    internal FaultAnswer? TakeAnswer()
    {
        lock (_gate)
        {
            if (_callsLeft is 0)
            {
                return null;
            }

            _callsLeft--;
            return _answer;
        }
    }

    internal bool LosesAnswer() => LostAnswers is > 0 and var probability && _chance.Happens(probability);
}
