namespace ExtAuthz.Demo;

/// <summary>The public site of the demo, as its operator would configure it.</summary>
/// <param name="Origin">Scheme, host and port that browsers see.</param>
internal sealed record DemoSite(string Origin)
{
    /// <summary>No secret: everything it protects lives on this machine and only as long as the demo.</summary>
    public const string CookiePassword = "a-public-password-for-the-demo-only";

    public string RedirectUri => Origin + "/callback";

    public string StartPage => Origin + "/";

    /// <summary>The settings of the authorization service.</summary>
    /// <param name="provider">What it must be told of the identity provider.</param>
    /// <param name="ports">Where the parts listen.</param>
    public IConfiguration Settings(IReadOnlyDictionary<string, string?> provider, DemoPorts ports) => new ConfigurationBuilder()
        .AddInMemoryCollection(provider)
        .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["WORKOS_COOKIE_PASSWORD"] = CookiePassword,
            ["WORKOS_REDIRECT_URI"] = RedirectUri,
            ["ExtAuthz:MiddlewareAuth:UnauthenticatedPaths:0"] = "/",
            ["ExtAuthz:MiddlewareAuth:UnauthenticatedPaths:1"] = "/about",
            ["ExtAuthz:MiddlewareAuth:UnauthenticatedPaths:2"] = "/public/**",
            ["ExtAuthz:SignUpPaths:0"] = "/sign-up-here",
            ["ExtAuthz:Grpc:Port"] = $"{ports.Grpc}",
            ["ExtAuthz:Grpc:ShutdownDelaySeconds"] = "0",
        })
        .Build();
}
