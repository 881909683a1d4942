using System.Net;
using System.Net.Http.Headers;

namespace ExtAuthz.Server.Tokens;

/// <summary>Fetches the key set from its one address, configured or discovered. Everything about the answer is bounded; nothing in it leads elsewhere.</summary>
/// <param name="http">The connections.</param>
/// <param name="find">Finds the address; null when it cannot be known now.</param>
/// <param name="time">The time.</param>
internal sealed class JwksClient(HttpClient http, Func<CancellationToken, Task<Uri?>> find, TimeProvider time) : IKeySetSource
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Fetches from a configured address.</summary>
    public JwksClient(HttpClient http, Uri address, TimeProvider time)
        : this(http, _ => Task.FromResult<Uri?>(address), time) { }

    /// <summary>One attempt of at most five seconds. Ends with an exception only when <paramref name="cancellationToken"/> says so.</summary>
    public async Task<JwksResult> FetchAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (await find(either.Token) is not { } address)
            {
                return new JwksResult.Refused(JwksFault.Undiscovered);
            }

            using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await ReadAsync(answer, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new JwksResult.Refused(JwksFault.TimedOut);
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            return new JwksResult.Refused(JwksFault.TooLarge);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new JwksResult.Refused(JwksFault.Unreachable);
        }
    }

    async Task<JwksResult?> IKeySetSource.FetchAsync(string? unknownKeyId, CancellationToken cancellationToken) => await FetchAsync(cancellationToken);

    private static async Task<JwksResult> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.StatusCode is not HttpStatusCode.OK)
        {
            return new JwksResult.Refused(JwksFault.Status);
        }

        if (!IsPlainJson(answer.Content.Headers))
        {
            return new JwksResult.Refused(JwksFault.ContentType);
        }

        await answer.Content.LoadIntoBufferAsync(JwksDocument.MaximumBytes, cancellationToken);
        return JwksDocument.Read(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    private static bool IsPlainJson(HttpContentHeaders headers) =>
        headers.ContentEncoding.Count == 0
        && headers.ContentType?.MediaType is { } type
        && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
}
