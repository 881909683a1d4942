using StackExchange.Redis;

namespace ExtAuthz.Server.Redis;

/// <summary>The servers and how to connect to them, as StackExchange.Redis writes it. May hold a password, so it does not show its text.</summary>
internal sealed record RedisServers(string Text)
{
    /// <summary>Endpoints and transport, as they may be logged.</summary>
    public override string ToString()
    {
        var options = ToOptions();
        return $"{string.Join(", ", options.EndPoints)} by {(options.Ssl ? "TLS" : "cleartext")}";
    }

    /// <summary>For the client, with what must be so whatever is written: the watchdog retries, nothing is administered, and the client has no keys of its own.</summary>
    public ConfigurationOptions ToOptions()
    {
        var options = ConfigurationOptions.Parse(Text);
        options.AbortOnConnectFail = true;
        options.ConnectRetry = 1;
        options.AllowAdmin = false;
        options.TieBreaker = "";
        options.ConfigurationChannel = "";
        return options;
    }

    /// <summary>Whether a text without <see cref="FaultyPart"/> names a server.</summary>
    public static bool HasServer(string text) => ConfigurationOptions.Parse(text).EndPoints.Count > 0;

    /// <summary>The first of the parts between the commas that the client does not know or take; null when it takes all.</summary>
    public static (int Number, string Part)? FaultyPart(string text)
    {
        foreach (var (index, part) in text.Split(',').Index())
        {
            try
            {
                ConfigurationOptions.Parse(part is "" ? "localhost" : part);
            }
            catch (ArgumentException)
            {
                return (index + 1, part);
            }
        }

        return null;
    }
}
