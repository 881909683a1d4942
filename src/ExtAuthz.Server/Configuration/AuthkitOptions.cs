using ExtAuthz.Domain;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Sessions;

namespace ExtAuthz.Server.Configuration;

/// <summary>What a human writes: section <c>ExtAuthz</c>, or AuthKit's own environment names (<see cref="AuthkitEnvironment"/>). Explained in docs/configuration.md.</summary>
internal sealed class AuthkitOptions
{
    /// <summary>Several sites by names of the operator's choice. Each is read as options of its own: <see cref="WrittenSettings"/>.</summary>
    public Dictionary<string, string> Sites { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Further hosts that the site answers for.</summary>
    public List<string> Hosts { get; } = [];

    public IdentityProviderKind Provider { get; set; } = IdentityProviderKind.WorkOS;

    public string? ClientId { get; set; }

    public string? ApiKey { get; set; }

    /// <summary>Secrets by their number: see <see cref="CookiePasswordText"/> for the short spelling.</summary>
    public Dictionary<string, string> CookiePassword { get; } = new(StringComparer.Ordinal);

    /// <summary>The number of the password that seals; null for the highest.</summary>
    public int? CookiePasswordId { get; set; }

    public string? RedirectUri { get; set; }

    public string? PublicOrigin { get; set; }

    public string CookieName { get; set; } = "wos-session";

    public string? CookieDomain { get; set; }

    /// <summary>Seconds; 400 days is the most a browser keeps (RFC 6265bis section 5.5).</summary>
    public int CookieMaxAge { get; set; } = 34_560_000;

    public SameSite CookieSameSite { get; set; } = SameSite.Lax;

    /// <summary>Whether sessions over 4 KB are kept in several cookies.</summary>
    public bool CookieChunking { get; set; } = true;

    public string ApiHostname { get; set; } = "api.workos.com";

    public int? ApiPort { get; set; }

    public bool ApiHttps { get; set; } = true;

    public List<string> Issuer { get; } = [];

    public OpenIdConnectOptions OpenIdConnect { get; } = new();

    public MiddlewareAuthOptions MiddlewareAuth { get; } = new();

    public List<RecentAuthenticationOptions> RecentAuthentication { get; } = [];

    public List<string> SignUpPaths { get; } = [];

    public bool EagerAuth { get; set; }

    public bool Debug { get; set; }

    public int? RefreshBufferSeconds { get; set; }

    public int? ReplayWindowSeconds { get; set; }

    /// <summary>How long an old cookie leads to the new one when the answer that carried that was lost.</summary>
    public int RotationGraceMinutes { get; set; } = 15;

    public UnauthenticatedResponse UnauthenticatedResponse { get; set; } = UnauthenticatedResponse.PerClient;

    public CallbackHandling Callback { get; set; } = CallbackHandling.Handle;

    /// <summary>Where a browser may start a sign-in; empty for nowhere.</summary>
    public string SignInPath { get; set; } = "/sign-in";

    /// <summary>Where a browser may start a sign-up; empty for nowhere.</summary>
    public string SignUpPath { get; set; } = "/sign-up";

    /// <summary>Where a browser signs out; empty for nowhere.</summary>
    public string SignOutPath { get; set; } = "/sign-out";

    /// <summary>Where the provider leads after a sign-out; empty for its own choice.</summary>
    public string SignOutReturnTo { get; set; } = "/";

    /// <summary>Where a user changes to another organisation; empty for nowhere.</summary>
    public string SwitchOrganizationPath { get; set; } = "/switch-organization";

    /// <summary>Where a script reads who is signed in; empty for nowhere.</summary>
    public string SessionPath { get; set; } = "/.auth/session";

    public string ReturnPathname { get; set; } = "/";

    public ForwardSession ForwardSession { get; set; } = ForwardSession.Sealed;

    public IdentityHeadersOptions IdentityHeaders { get; } = new();

    public RedisOptions Redis { get; } = new();

    public GrpcOptions Grpc { get; } = new();

    public OperationsOptions Operations { get; } = new();

    public bool UnsafeAllowHttp { get; set; }
}
