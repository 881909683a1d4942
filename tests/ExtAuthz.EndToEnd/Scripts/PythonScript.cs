namespace ExtAuthz.EndToEnd.Scripts;

/// <summary>Runs the scripts of tests/ExtAuthz.EndToEnd/python with Debian's Python, which finds Debian's packages.</summary>
internal static class PythonScript
{
    private const string HowToInstall = "grpcio is not installed: apt-get install python3-grpcio.";
    private static readonly string Folder = Path.Combine(BuildPaths.RepositoryRoot, "tests", "ExtAuthz.EndToEnd", "python");
    private static readonly (string, string) Python = (OperatingSystem.IsLinux() ? "/usr/bin/python3" : "python3", HowToInstall);

    /// <summary>Runs a script; without Python or its grpcio the test is skipped.</summary>
    public static async Task<ScriptResult> RunAsync(string script, params string[] arguments)
    {
        if ((await ScriptProcess.RunAsync(Python, Folder, "-c", "import grpc")).ExitCode != 0)
        {
            ScriptProcess.Require(HowToInstall);
        }

        return await ScriptProcess.RunAsync(Python, Folder, [script, .. arguments]);
    }
}
