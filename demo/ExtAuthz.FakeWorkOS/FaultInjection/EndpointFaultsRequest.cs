namespace ExtAuthz.FakeWorkOS.FaultInjection;

/// <summary>The switches of one endpoint as JSON; what is absent stays as it is. Durations are written <c>00:00:01.500</c>.</summary>
internal sealed record EndpointFaultsRequest(FaultAnswer? Answer, int? Calls, TimeSpan? Latency, double? LostAnswers)
{
    public void ApplyTo(EndpointFaults faults)
    {
        if (Answer is not null)
        {
            faults.Answer(Answer, Calls);
        }

        faults.Latency = Latency ?? faults.Latency;
        faults.LostAnswers = LostAnswers ?? faults.LostAnswers;
    }
}
