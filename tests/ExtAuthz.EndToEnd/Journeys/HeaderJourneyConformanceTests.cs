using System.Collections.Immutable;

namespace ExtAuthz.EndToEnd.Journeys;

/// <summary>corpus/headers.json through the edge, in both encodings that Envoy has, and the shipped service to an upstream that records what arrives.</summary>
public sealed class HeaderJourneyConformanceTests
{
    /// <summary><c>max_request_headers_kb</c>, by default 60: Envoy answers 431 above it and asks nobody.</summary>
    private const int MaxHeaderBytes = 60 * 1024;

    private static readonly (string, string)[] Usual = [("accept", "text/html")];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_client_writes_into_our_headers_never_arrives(bool rawHeaders)
    {
        await using var journey = await Journey.StartAsync(rawHeaders);
        await journey.Visitor.OpenAsync((await journey.BeginSignInAsync()).AbsoluteUri);
        var session = journey.Visitor.Session.ShouldNotBeNull();
        foreach (var one in HeaderJourneyCase.ReadAll())
        {
            var headers = OwnHeaders(one, journey.Origin, session).ToList();
            var (_, ours) = await journey.SendAsync(one.Path, headers);
            headers.AddRange(one.RequestHeaders);
            var (status, received) = await journey.SendAsync(one.Path, headers);

            if (headers.Sum(header => header.Name.Length + header.Value.Length) > MaxHeaderBytes)
            {
                status.ShouldBe(431, one.ToString());
                received.ShouldBeNull(one.ToString());
            }
            else if (one.IsForwarded)
            {
                status.ShouldBe(200, one.ToString());
                ShouldBeOurs(received.ShouldNotBeNull(one.ToString()), ours.ShouldNotBeNull(one.ToString()), one, session);
            }
            else
            {
                status.ShouldBeOneOf([303, 307, 400, 401], one.ToString());
                received.ShouldBeNull(one.ToString());
            }
        }
    }

    // What every request of this scenario carries: lines that a case writes itself are left to it.
    private static IEnumerable<(string Name, string Value)> OwnHeaders(HeaderJourneyCase one, Uri origin, string session)
    {
        IEnumerable<(string Name, string Value)> headers = [("host", origin.Authority), .. Usual];
        headers = one.IsSignedIn ? headers.Append(("cookie", $"wos-session={session}")) : headers;
        return headers.ExceptBy(one.RequestHeaders.Select(header => header.Name), header => header.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A reserved header is gone or as it is without the client's; a forged value arrives nowhere, except where we say the same.</summary>
    private static void ShouldBeOurs(ImmutableArray<(string Name, string Value)> received, ImmutableArray<(string Name, string Value)> ours, HeaderJourneyCase one, string session)
    {
        received
            .Where(line => one.MustBeGone.Contains(line.Name, StringComparer.OrdinalIgnoreCase) || one.NeverUpstream.Contains(line.Value, StringComparer.Ordinal))
            .Except(ours)
            .ShouldBeEmpty(one.ToString());
        foreach (var (name, value) in one.UpstreamEquals)
        {
            received
                .Where(line => line.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                .Select(line => line.Value)
                .ShouldBe([value is "<our seal>" ? session : value], one.ToString());
        }
    }
}
