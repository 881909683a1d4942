using ExtAuthz.Domain.Headers;

namespace ExtAuthz.Domain.Tests.Fakes;

/// <summary>Reads decisions as sentences of a test.</summary>
internal static class Decisions
{
    public static CheckDecision.Allowed ShouldAllow(this CheckDecision decision, DecisionReason reason)
    {
        var allowed = decision.ShouldBeOfType<CheckDecision.Allowed>();
        allowed.Reason.ShouldBe(reason);
        return allowed;
    }

    public static CheckDecision.Denied ShouldDeny(this CheckDecision decision, DecisionReason reason, int status)
    {
        var denied = decision.ShouldBeOfType<CheckDecision.Denied>();
        (denied.Reason, denied.Status).ShouldBe((reason, status));
        return denied;
    }

    /// <summary>The one value of a header for the browser; null when it is absent.</summary>
    public static string? Header(this CheckDecision decision, string name) =>
        decision.ResponseHeaders.SingleOrDefault(header => string.Equals(header.Name, name, StringComparison.Ordinal)).Value;

    public static string[] SetCookies(this CheckDecision decision) =>
        [.. decision.ResponseHeaders.Where(header => header.Name is "set-cookie").Select(header => header.Value)];

    /// <summary>The value of a header for the upstream; null when we do not set it.</summary>
    public static string? Sets(this UpstreamHeaders headers, string name) =>
        headers.Set.SingleOrDefault(header => string.Equals(header.Name, name, StringComparison.Ordinal)).Value;

    public static void ShouldRemove(this UpstreamHeaders headers, string name) => headers.Remove.ShouldContain(removed => removed.Equals(name, StringComparison.Ordinal));

    /// <summary>What kind of cache rules the answer has: <c>private</c>, <c>no-store</c> or <c>none</c>.</summary>
    public static string Caching(this CheckDecision decision) => decision.Header("cache-control") switch
    {
        null => "none",
        "no-store" => "no-store",
        "private, no-cache, no-store, must-revalidate, max-age=0"
            when decision.Header("pragma") is "no-cache" && decision.Header("x-middleware-cache") is "no-cache" && decision.Header("vary") is "Cookie" or "Cookie, Authorization" => "private",
        var other => other,
    };
}
