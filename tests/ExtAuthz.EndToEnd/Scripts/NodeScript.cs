namespace ExtAuthz.EndToEnd.Scripts;

/// <summary>Runs the scripts of tests/ExtAuthz.EndToEnd/node, whose packages <c>npm ci</c> installs there.</summary>
internal static class NodeScript
{
    private static readonly string Folder = Path.Combine(BuildPaths.RepositoryRoot, "tests", "ExtAuthz.EndToEnd", "node");

    /// <summary>The OpenID Connect provider of the demo.</summary>
    public static string OidcProviderFolder { get; } = Path.Combine(BuildPaths.RepositoryRoot, "demo", "oidc-provider");

    /// <summary>Runs a script; without Node.js or its packages the test is skipped.</summary>
    public static Task<ScriptResult> RunAsync(string script, params string[] arguments)
    {
        RequirePackages(Folder);
        return ScriptProcess.RunAsync(
            ("node", $"Node.js 20 or later is not on the PATH: install it, then run npm ci in {Folder}."), Folder, [script, .. arguments]);
    }

    /// <summary>Skips the test if the packages of a folder are not installed.</summary>
    public static void RequirePackages(string folder)
    {
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            ScriptProcess.Require($"Packages of Node.js are not installed: run npm ci in {folder}.");
        }
    }
}
