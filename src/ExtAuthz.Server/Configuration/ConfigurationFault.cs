namespace ExtAuthz.Server.Configuration;

/// <summary>One thing wrong in the configuration, for the operator. Never holds a secret.</summary>
/// <param name="Setting">The setting in each of its spellings.</param>
/// <param name="Problem">A sentence: what is wrong.</param>
/// <param name="Fix">A sentence: what to do.</param>
internal sealed record ConfigurationFault(string Setting, string Problem, string Fix)
{
    public override string ToString() => $"{Setting}: {Problem} {Fix}";
}
