using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Domain.SignIn;

/// <summary>The unfinished sign-ins of a browser. Too many would crowd out the session, so the oldest give way.</summary>
/// <param name="cookies">The cookies of the request.</param>
public readonly struct OpenSignIns(CookieHeader cookies)
{
    /// <summary>How many a browser may have.</summary>
    public const int MaxCount = 5;

    /// <summary>How many characters all our cookies in a request may have together.</summary>
    public const int Budget = 8 * 1024;

    /// <summary>The flow cookies that must go, oldest first, before a sign-in with this cookie begins.</summary>
    public IEnumerable<string> GivingWayTo(string name, SealedState state, string sessionCookie) =>
        Oldest(MaxCount - 1, Budget - Size(name, state.Value) - SizeOfSession(sessionCookie), spent: []);

    /// <summary>The flow cookies that must go, oldest first, for a new session to fit.</summary>
    /// <param name="sessionLength">The length of the session's cookies.</param>
    /// <param name="spent">Those that go anyway.</param>
    public IEnumerable<string> GivingWayTo(int sessionLength, IReadOnlyCollection<string> spent) => Oldest(MaxCount, Budget - sessionLength, spent);

    private IEnumerable<string> Oldest(int count, int room, IReadOnlyCollection<string> spent)
    {
        var flows = Flows().Where(flow => !spent.Contains(flow.Key, StringComparer.Ordinal)).OrderBy(flow => flow.Value.EndsAt).ToList();
        var size = flows.Sum(flow => flow.Value.Size);
        var dropped = 0;
        while (dropped < flows.Count && (flows.Count - dropped > count || size > room))
        {
            size -= flows[dropped++].Value.Size;
        }

        return flows.Take(dropped).Select(flow => flow.Key);
    }

    // What is no seal has no end and counts as the oldest.
    private Dictionary<string, (DateTimeOffset? EndsAt, int Size)> Flows()
    {
        var flows = new Dictionary<string, (DateTimeOffset? EndsAt, int Size)>(StringComparer.Ordinal);
        foreach (var pair in cookies)
        {
            if (pair.Name.StartsWith(FlowCookie.LegacyName, StringComparison.Ordinal) && pair.Name.ToString() is var name && FlowCookie.IsFlowCookie(name))
            {
                var endsAt = new SealedState(CookieValue.Decode(pair.Value) ?? "").EndsAt;
                flows[name] = (endsAt, flows.GetValueOrDefault(name).Size + Size(pair.Name, pair.Value));
            }
        }

        return flows;
    }

    private int SizeOfSession(string name)
    {
        var size = 0;
        foreach (var pair in cookies)
        {
            if (pair.Name.StartsWith(name, StringComparison.Ordinal) && (pair.Name.Length == name.Length || pair.Name[name.Length] is '.'))
            {
                size += Size(pair.Name, pair.Value);
            }
        }

        return size;
    }

    // "name=value; "
    private static int Size(ReadOnlySpan<char> name, ReadOnlySpan<char> value) => name.Length + value.Length + 3;
}
