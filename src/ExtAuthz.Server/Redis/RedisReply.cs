using System.Buffers.Text;
using System.Collections.Immutable;

namespace ExtAuthz.Server.Redis;

/// <summary>What a call of Redis comes to.</summary>
internal abstract record RedisReply
{
    private RedisReply() { }

    /// <summary>The server did what was asked.</summary>
    /// <param name="Parts">Its answer: one part, or those of a list. Numbers are decimal digits; null is Redis' nil, as of a key that is not there.</param>
    public sealed record Answered(ImmutableArray<byte[]?> Parts) : RedisReply
    {
        /// <summary>The first part, the whole answer of a plain command; null for nil.</summary>
        public byte[]? Value => Part(0);

        /// <summary>A part; null for nil or when there are fewer.</summary>
        public byte[]? Part(int index) => index < Parts.Length ? Parts[index] : null;

        /// <summary>A part that is a whole number; null for anything else.</summary>
        public long? Number(int index) =>
            Part(index) is { } part && Utf8Parser.TryParse(part, out long number, out var length) && length == part.Length ? number : null;
    }

    /// <summary>Redis is of no use now. A write may have been done all the same, unless the cause says that nothing was sent.</summary>
    public sealed record Unavailable(RedisFault Cause) : RedisReply;
}
