using Envoy.Config.Core.V3;
using Envoy.Service.Auth.V3;
using Google.Protobuf.Collections;

namespace ExtAuthz.Server.Tests.Hosting;

/// <summary>Reads a CheckResponse as Envoy would.</summary>
internal static class CheckAnswers
{
    public static bool IsAllowed(this CheckResponse answer) => answer.Status.Code == 0;

    /// <summary>What the upstream sees in a header that we set; null when we do not set it.</summary>
    public static string? Upstream(this CheckResponse answer, string name) => Find(answer.OkResponse.Headers, name).SingleOrDefault();

    /// <summary>A header of the answer for the browser; null when there is none.</summary>
    public static string? Browser(this CheckResponse answer, string name) => Find(BrowserHeaders(answer), name).SingleOrDefault();

    public static IReadOnlyList<string> SetCookies(this CheckResponse answer) => Find(BrowserHeaders(answer), "set-cookie");

    private static RepeatedField<HeaderValueOption> BrowserHeaders(CheckResponse answer) =>
        answer.IsAllowed() ? answer.OkResponse.ResponseHeadersToAdd : answer.DeniedResponse.Headers;

    private static List<string> Find(IEnumerable<HeaderValueOption> headers, string name) =>
        [.. headers.Where(header => header.Header.Key == name).Select(header => header.Header.Value)];
}
