using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Server.Redis;

/// <summary>The result of a refresh as it is left for other replicas: sealed JSON. A renewal is its cookie, byte for byte, so that every answer carries the same.</summary>
/// <param name="codec">Opens that cookie.</param>
/// <param name="seal">Seals the record.</param>
/// <param name="clock">The time.</param>
internal sealed partial class RefreshResultText(ISessionCodec codec, RecordSeal seal, TimeProvider clock)
{
    /// <summary>The record of a result.</summary>
    public byte[] Seal(string name, RefreshResult result) => seal.Seal(RecordType.Result, name, Write(result, clock.GetUtcNow()));

    /// <summary>Opens a record; null when it is none, or holds a cookie that we cannot open.</summary>
    public RefreshResult? Open(string name, byte[]? record) =>
        record is not null && seal.Open(RecordType.Result, name, record) is { } text ? Read(text, clock.GetUtcNow()) : null;

    /// <summary>The record of a token's predecessor.</summary>
    public byte[] SealName(string name, string predecessor) => seal.Seal(RecordType.Predecessor, name, RedisValues.Text(predecessor));

    /// <summary>Opens the record of a token's predecessor; null when it is none.</summary>
    public string? OpenName(string name, byte[] record) => seal.Open(RecordType.Predecessor, name, record) is { } text ? Encoding.UTF8.GetString(text) : null;

    private static byte[] Write(RefreshResult result, DateTimeOffset now) => JsonSerializer.SerializeToUtf8Bytes(
        result switch
        {
            RefreshResult.Renewed renewed => new Content { Cookie = renewed.Sealed.Value, OrganizationId = renewed.OrganizationId, At = renewed.At.ToUnixTimeMilliseconds() },
            RefreshResult.Ended ended => new Content { Ended = ended.Error, Redirect = ended.Redirect?.Value },
            RefreshResult.Unavailable later => new Content
            {
                Unavailable = later.Cause,
                At = (now + later.RetryAfter).ToUnixTimeMilliseconds(),
                IsOperatorFault = later.IsOperatorFault,
                MayBeOrganization = later.MayBeOrganization,
                Redirect = later.Redirect?.Value,
            },
            _ => throw new InvalidOperationException($"Unknown result {result.GetType().Name}."),
        },
        ContentJson.Default.Content);

    private RefreshResult? Read(byte[] text, DateTimeOffset now)
    {
        Content? content;
        try
        {
            content = JsonSerializer.Deserialize(text, ContentJson.Default.Content);
        }
        catch (JsonException)
        {
            return null;
        }

        ProviderRedirect? redirect = content?.Redirect is { } url ? new ProviderRedirect(url) : null;
        return content switch
        {
            { Cookie: { } cookie } when codec.Unseal(new SealedSession(cookie)) is { } session =>
                new RefreshResult.Renewed(new SealedSession(cookie), session, DateTimeOffset.FromUnixTimeMilliseconds(content.At)) { OrganizationId = content.OrganizationId },
            { Cookie: not null } or null => null,
            { Ended: { } error } => new RefreshResult.Ended(error) { Redirect = redirect },
            { Unavailable: { } cause } => new RefreshResult.Unavailable(cause, Left(content.At, now)) { IsOperatorFault = content.IsOperatorFault, MayBeOrganization = content.MayBeOrganization, Redirect = redirect },
            _ => null,
        };
    }

    // Another replica's clock may differ: never longer than such a result is kept.
    private static TimeSpan Left(long until, DateTimeOffset now)
    {
        var left = DateTimeOffset.FromUnixTimeMilliseconds(until) - now;
        return left < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : left > RefreshCoordinator.LongestRetryAfter ? RefreshCoordinator.LongestRetryAfter : left;
    }

    private sealed record Content
    {
        public string? Cookie { get; init; }

        public string? OrganizationId { get; init; }

        public string? Ended { get; init; }

        public string? Unavailable { get; init; }

        public string? Redirect { get; init; }

        /// <summary>Milliseconds since 1970: when the renewal ended, or until when to wait.</summary>
        public long At { get; init; }

        public bool IsOperatorFault { get; init; }

        public bool MayBeOrganization { get; init; }
    }

    [JsonSerializable(typeof(Content))]
    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
    private sealed partial class ContentJson : JsonSerializerContext;
}
