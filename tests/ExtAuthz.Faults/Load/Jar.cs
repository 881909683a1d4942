namespace ExtAuthz.Faults.Load;

/// <summary>What a browser keeps of a <c>Set-Cookie</c> header.</summary>
internal static class Jar
{
    /// <summary>The value of the cookie; empty for one that is deleted.</summary>
    public static string ValueOf(string setCookie) => setCookie[(setCookie.IndexOf('=', StringComparison.Ordinal) + 1)..setCookie.IndexOf(';', StringComparison.Ordinal)];

    /// <summary>The <c>cookie</c> header with it.</summary>
    public static string CookieOf(string setCookie) => setCookie[..setCookie.IndexOf(';', StringComparison.Ordinal)];
}
