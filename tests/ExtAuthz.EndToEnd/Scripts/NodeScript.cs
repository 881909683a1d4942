namespace ExtAuthz.EndToEnd.Scripts;

/// <summary>Runs the scripts of tests/ExtAuthz.EndToEnd/node, whose packages <c>npm ci</c> installs there.</summary>
internal static class NodeScript
{
    private static readonly string Folder = Path.Combine(BuildPaths.RepositoryRoot, "tests", "ExtAuthz.EndToEnd", "node");

    /// <summary>Runs a script; without Node.js or its packages the test is skipped.</summary>
    public static Task<ScriptResult> RunAsync(string script, params string[] arguments)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            ScriptProcess.Require($"The packages of the Node scripts are not installed: run npm ci in {Folder}.");
        }

        return ScriptProcess.RunAsync(
            ("node", $"Node.js 20 or later is not on the PATH: install it, then run npm ci in {Folder}."), Folder, [script, .. arguments]);
    }
}
