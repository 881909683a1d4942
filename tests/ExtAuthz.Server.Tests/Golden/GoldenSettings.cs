namespace ExtAuthz.Server.Tests.Golden;

/// <summary>The settings of a recording; the reference redirects every client, so the replay does too.</summary>
internal static class GoldenSettings
{
    public static IEnumerable<KeyValuePair<string, string?>> Of(GoldenFile file, GoldenScenario scenario)
    {
        yield return new("WORKOS_API_KEY", "sk_test_key");
        yield return new("WORKOS_CLIENT_ID", "client_01TEST");
        yield return new("WORKOS_COOKIE_PASSWORD", file.Password);
        foreach (var variable in scenario.EnvironmentVariables.Where(variable => variable.Key != "NEXT_PUBLIC_WORKOS_REDIRECT_URI"))
        {
            yield return variable;
        }

        yield return new("ExtAuthz:RedirectUri", scenario.RedirectUri);
        yield return new("ExtAuthz:UnsafeAllowHttp", "true");
        yield return new("ExtAuthz:PublicOrigin", scenario.PublicOrigin);
        yield return new("ExtAuthz:UnauthenticatedResponse", "Redirect");
        yield return new("ExtAuthz:Callback", scenario.Kind is GoldenKind.Callback ? "Handle" : "PassThrough");
        yield return new("ExtAuthz:SessionPath", "");
        yield return new("ExtAuthz:SignOutReturnTo", "");
        foreach (var (name, path) in new[] { ("SignInPath", "/sign-in"), ("SignUpPath", "/sign-up"), ("SignOutPath", "/sign-out"), ("SwitchOrganizationPath", "/switch-organization") })
        {
            yield return new($"ExtAuthz:{name}", scenario.IsOurEndpoint && scenario.Helper.Target.Split('?')[0] == path ? path : "");
        }

        yield return new("ExtAuthz:EagerAuth", scenario.Option("eagerAuth")?.ToString() ?? "false");
        yield return new("ExtAuthz:Debug", scenario.Option("debug")?.ToString() ?? "false");
        yield return new("ExtAuthz:ReturnPathname", scenario.Option("returnPathname")?.ToString() ?? "/");
        if (scenario.Option("refreshBufferSeconds") is { } buffer)
        {
            yield return new("ExtAuthz:RefreshBufferSeconds", buffer.ToString());
        }

        var protection = scenario.Option("middlewareAuth");
        yield return new("ExtAuthz:MiddlewareAuth:Enabled", protection?.GetProperty("enabled").ToString() ?? (scenario.Kind is GoldenKind.SignIn ? "true" : "false"));
        yield return new("ExtAuthz:MiddlewareAuth:UnsafeAllowAllPaths", "true");
        foreach (var (index, path) in (protection?.GetProperty("unauthenticatedPaths").EnumerateArray().Select(path => path.GetString()) ?? []).Index())
        {
            yield return new($"ExtAuthz:MiddlewareAuth:UnauthenticatedPaths:{index}", path);
        }

        foreach (var (index, path) in (scenario.Option("signUpPaths")?.EnumerateArray().Select(path => path.GetString()) ?? scenario.Helper.SignUpPaths).Index())
        {
            yield return new($"ExtAuthz:SignUpPaths:{index}", path);
        }
    }
}
