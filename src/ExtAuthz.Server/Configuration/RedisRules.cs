using System.Text;
using ExtAuthz.Server.Redis;
using ExtAuthz.Server.Sessions;

namespace ExtAuthz.Server.Configuration;

/// <summary>Rules for Redis. Nothing of its configuration is quoted: where a password has a comma, any part may be a piece of it.</summary>
internal static class RedisRules
{
    /// <summary>The settings; null without Redis.</summary>
    public static RedisSettings? Apply(RedisOptions written, ConfigurationFaults faults)
    {
        if (string.IsNullOrEmpty(written.Configuration))
        {
            return null;
        }

        CheckConfiguration(written.Configuration, faults);
        if (written.KeyPrefix.AsSpan().ContainsAnyExceptInRange('!', 'z'))
        {
            faults.Add(Option(nameof(written.KeyPrefix)), "It has a space, a brace or a character that is not ASCII.", "Write something like extauthz: that no other user of this Redis writes.");
        }

        var namePassword = string.IsNullOrEmpty(written.NamePassword) ? null : written.NamePassword;
        if (namePassword?.Length < PasswordRing.MinLength)
        {
            faults.Add(Option(nameof(written.NamePassword)), $"It has {namePassword.Length} characters; it needs {PasswordRing.MinLength}.", PasswordRules.NewPassword);
        }

        if (written.OperationTimeoutMilliseconds is < 10 or > 2000)
        {
            faults.Add(Option(nameof(written.OperationTimeoutMilliseconds)), "It is not between 10 and 2000 milliseconds.", "Leave it out: 250 is far more than a healthy Redis needs.");
        }

        return new RedisSettings(
            new RedisServers(written.Configuration),
            written.KeyPrefix,
            namePassword is null ? null : new SealPassword(0, Encoding.UTF8.GetBytes(namePassword)), // it seals nothing, so its number is none
            TimeSpan.FromMilliseconds(written.OperationTimeoutMilliseconds),
            written.WhenDown);
    }

    private static void CheckConfiguration(string text, ConfigurationFaults faults)
    {
        var option = Option(nameof(RedisOptions.Configuration));
        if (RedisServers.FaultyPart(text) is var (number, part))
        {
            var isUser = part.Trim().StartsWith("user=", StringComparison.OrdinalIgnoreCase);
            faults.Add(
                option,
                isUser ? "It has a user name, which the Redis client of this build can not send." : $"Its part {number} is neither a server nor an option that the Redis client of this build knows.",
                isUser ? "Give Redis' default user a password and the rights of redis/users.acl, or build with a newer StackExchangeRedisVersion." : "Write it as StackExchange.Redis does: redis:6379,ssl=true,password=…; a password can not have a comma.");
        }
        else if (!RedisServers.HasServer(text))
        {
            faults.Add(option, "It names no server.", "Begin with one: redis:6379.");
        }
    }

    private static string Option(string name) => ConfigurationPath.Combine(nameof(AuthkitOptions.Redis), name);
}
