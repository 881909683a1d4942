using ExtAuthz.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace ExtAuthz.Server.Tests.Configuration;

/// <summary>Configurations as an operator writes them.</summary>
internal static class Written
{
    public const string ApiKey = "sk_test_4f0d7c1b9a2e";
    public const string Password = "correct-horse-battery-staple-4242";

    /// <summary>The smallest valid configuration, in AuthKit's names.</summary>
    public static Dictionary<string, string?> Smallest => new(StringComparer.OrdinalIgnoreCase)
    {
        ["WORKOS_CLIENT_ID"] = "client_01TEST",
        ["WORKOS_API_KEY"] = ApiKey,
        ["WORKOS_COOKIE_PASSWORD"] = Password,
        ["WORKOS_REDIRECT_URI"] = "https://app.example.com/callback",
    };

    /// <summary>The smallest configuration with further lines <c>name=value</c>.</summary>
    public static AuthkitConfiguration With(params string[] lines)
    {
        var written = Smallest;
        foreach (var line in lines)
        {
            written[line.Split('=')[0]] = line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..];
        }

        return Load(written);
    }

    public static AuthkitConfiguration Load(Dictionary<string, string?> written) =>
        AuthkitConfiguration.Load(new ConfigurationBuilder().AddInMemoryCollection(written).Build());

    public static AuthkitSettings Settings(params string[] lines) => With(lines).ShouldBeOfType<AuthkitConfiguration.Loaded>().Settings;

    /// <summary>The settings of the only site.</summary>
    public static SiteSettings Site(params string[] lines) => Settings(lines).Sites.ShouldHaveSingleItem();

    public static AuthkitConfiguration.Refused Refusal(params string[] lines) => With(lines).ShouldBeOfType<AuthkitConfiguration.Refused>();
}
