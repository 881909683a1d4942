namespace ExtAuthz.EndToEnd.Scripts;

/// <summary>How a script ended; <paramref name="Output"/> holds its standard output, then its standard error.</summary>
internal sealed record ScriptResult(int ExitCode, string Output);
