using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExtAuthz.Server.Redis;

/// <summary>News as they go over the channel: JSON, sealed by <see cref="RecordSeal"/>.</summary>
internal static partial class RevocationNewsText
{
    public static byte[] Write(RevocationNews news) => JsonSerializer.SerializeToUtf8Bytes(
        news switch
        {
            RevocationNews.SessionEnded ended => new NewsContent { SessionId = ended.SessionId },
            RevocationNews.SessionBegan began => new NewsContent { SessionId = began.SessionId, Moment = began.IssuedAt.UtcTicks },
            RevocationNews.UserEnded ended => new NewsContent { UserId = ended.UserId, Moment = ended.IssuedBy.UtcTicks },
            _ => throw new InvalidOperationException($"Unknown news {news.GetType().Name}."),
        },
        NewsJson.Default.NewsContent);

    /// <summary>Reads what a replica wrote; null for news of a later version than this.</summary>
    public static RevocationNews? Read(byte[] text) => JsonSerializer.Deserialize(text, NewsJson.Default.NewsContent) switch
    {
        { SessionId: { } id, Moment: { } moment } => new RevocationNews.SessionBegan(id, new DateTimeOffset(moment, TimeSpan.Zero)),
        { SessionId: { } id } => new RevocationNews.SessionEnded(id),
        { UserId: { } id, Moment: { } moment } => new RevocationNews.UserEnded(id, new DateTimeOffset(moment, TimeSpan.Zero)),
        _ => null,
    };

    private sealed record NewsContent
    {
        public string? SessionId { get; init; }

        public string? UserId { get; init; }

        /// <summary>Ticks of UTC.</summary>
        public long? Moment { get; init; }
    }

    [JsonSerializable(typeof(NewsContent))]
    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    private sealed partial class NewsJson : JsonSerializerContext;
}
