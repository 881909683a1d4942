namespace ExtAuthz.Server.Tests.Golden;

/// <summary>What of ours answers a recording, found by its content alone.</summary>
internal enum GoldenKind
{
    /// <summary>A page behind the middleware.</summary>
    Proxy,

    /// <summary>A page, through the function that the middleware is made of.</summary>
    Composable,

    /// <summary>The callback.</summary>
    Callback,

    /// <summary>A helper that leads to sign-in: from a page, or by its address.</summary>
    SignIn,

    /// <summary>A helper that ends the session: our sign-out endpoint.</summary>
    SignOut,

    /// <summary>A helper that renews the session for an organisation: our switch endpoint.</summary>
    SwitchOrganization,

    /// <summary>Nothing: it lives inside a Next process, or is not offered (deviation S7).</summary>
    Elsewhere,
}
