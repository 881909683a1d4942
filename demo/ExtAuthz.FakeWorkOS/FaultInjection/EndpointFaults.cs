namespace ExtAuthz.FakeWorkOS.FaultInjection;

/// <summary>The fault switches of one endpoint. Nothing is wrong until one is set.</summary>
public sealed class EndpointFaults
{
    private readonly Lock gate = new();
    private readonly SeededChance chance;
    private FaultAnswer? answer;
    private int? callsLeft; // null: no limit
    private TimeSpan latency;
    private double lostAnswers;

    internal EndpointFaults(SeededChance chance) => this.chance = chance;

    /// <summary>How long an answer is held back. The work is done before, so a caller that gives up has still used its token.</summary>
    public TimeSpan Latency
    {
        get { lock (gate) { return latency; } }
        set { lock (gate) { latency = value; } }
    }

    /// <summary>Probability, 0 to 1, that the connection drops after the work and before the answer.</summary>
    public double LostAnswers
    {
        get { lock (gate) { return lostAnswers; } }
        set { lock (gate) { lostAnswers = value; } }
    }

    /// <summary>Gives this answer to the next calls, or to all until cleared.</summary>
    public void Answer(FaultAnswer fault, int? calls = null)
    {
        lock (gate)
        {
            answer = fault;
            callsLeft = calls;
        }
    }

    /// <summary>Switches every fault off.</summary>
    public void Clear()
    {
        lock (gate)
        {
            answer = null;
            latency = TimeSpan.Zero;
            lostAnswers = 0;
        }
    }

    internal FaultAnswer? TakeAnswer()
    {
        lock (gate)
        {
            if (callsLeft is 0)
            {
                return null;
            }

            callsLeft--;
            return answer;
        }
    }

    internal bool LosesAnswer() => LostAnswers is > 0 and var probability && chance.Happens(probability);
}
