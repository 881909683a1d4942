using System.Security.Cryptography;
using ExtAuthz.FakeWorkOS.Accounts;

namespace ExtAuthz.FakeWorkOS;

/// <summary>Everything about the fake that a demo or a test may want different. Every default works on its own.</summary>
public sealed class FakeWorkOSOptions
{
    /// <summary>Where it listens; port 0 takes a free one, which <c>WebApplication.Urls</c> then shows.</summary>
    public string Url { get; set; } = "http://127.0.0.1:4100";

    /// <summary>The one registered client.</summary>
    public string ClientId { get; set; } = "client_01FAKEWORKOS";

    /// <summary>The environment's API key: <c>client_secret</c> or bearer of every back-channel call.</summary>
    public string ApiKey { get; set; } = "sk_test_fakeworkos";

    /// <summary>The <c>iss</c> of access tokens; without one it is <c>{listening address}/user_management/{ClientId}</c>.</summary>
    public string? Issuer { get; set; }

    /// <summary>The first signing key; without one a 2048-bit key is generated at start. Tests share one, because generating takes a while.</summary>
    public RSAParameters? SigningKey { get; set; }

    /// <summary>The registered redirect URIs, compared exactly.</summary>
    public IReadOnlyList<string> RedirectUris { get; set; } = ["http://localhost:8080/callback", "http://127.0.0.1:8080/callback"];

    /// <summary>The registered sign-out redirects, compared exactly.</summary>
    public IReadOnlyList<string> LogoutUris { get; set; } = ["http://localhost:8080/", "http://127.0.0.1:8080/"];

    /// <summary>The users that the sign-in page offers.</summary>
    public IReadOnlyList<FakeUser> Users { get; set; } = SampleAccounts.Users;

    /// <summary>The organisations that users may belong to.</summary>
    public IReadOnlyList<FakeOrganization> Organizations { get; set; } = SampleAccounts.Organizations;

    /// <summary>Life of an access token; WorkOS' default is five minutes. <c>Faults.AccessTokenLifetime</c> changes it while running.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an exchanged refresh token still answers the pair it was exchanged for; zero refuses every second use.</summary>
    public TimeSpan ReplayWindow { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Takes a second use of an exchanged refresh token, outside the window, for theft: it ends the session, as OAuth 2.0 Security BCP (RFC 9700, section 4.14.2) advises.</summary>
    public bool EndsSessionOnReuse { get; set; }

    /// <summary>Seed of the chances in fault injection: the same seed loses the same answers.</summary>
    public int Seed { get; set; } = 1;
}
