using System.Buffers;
using System.Globalization;

namespace ExtAuthz.Domain.SignIn;

/// <summary>What a visitor of one of our endpoints asks for in the query; each parameter at most once. An empty one counts as absent.</summary>
/// <param name="ReturnTo">Where to go afterwards, unchecked.</param>
/// <param name="OrganizationId">The organisation to sign in or to change to: 1 to 128 letters, digits, <c>-</c> and <c>_</c>.</param>
/// <param name="LoginHint">Whom the user will probably sign in as: at most 254 characters without controls.</param>
/// <param name="Prompt">One of the values of OpenID Connect Core section 3.1.2.1, or <c>create</c>.</param>
/// <param name="MaxAge">How long ago the user may have signed in: whole seconds, at most a year.</param>
public sealed record EndpointParameters(string? ReturnTo = null, string? OrganizationId = null, string? LoginHint = null, string? Prompt = null, TimeSpan? MaxAge = null)
{
    private const int LongestAge = 365 * 24 * 60 * 60;
    private const int LongestId = 128;
    private const int LongestHint = 254; // RFC 5321 section 4.5.3.1.3: an e-mail address
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    /// <summary>Reads a query in <c>application/x-www-form-urlencoded</c>; null when a parameter comes twice or has a value that none may have. Unknown ones are left alone.</summary>
    public static EndpointParameters? Read(string? query)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in UrlEncodedForm.Pairs(query))
        {
            if (name is "return_to" or "organization_id" or "login_hint" or "prompt" or "max_age" && !read.TryAdd(name, value ?? ""))
            {
                return null;
            }
        }

        var parameters = new EndpointParameters(Value("return_to"), Value("organization_id"), Value("login_hint"), Value("prompt"));
        return !parameters.IsValid ? null
            : Value("max_age") is not { } age ? parameters
            : int.TryParse(age, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= LongestAge ? parameters with { MaxAge = TimeSpan.FromSeconds(seconds) }
            : null;

        string? Value(string name) => read.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
    }

    private bool IsValid =>
        (OrganizationId is null || (OrganizationId.Length <= LongestId && !OrganizationId.AsSpan().ContainsAnyExcept(IdCharacters)))
        && (LoginHint is null || (LoginHint.Length <= LongestHint && !LoginHint.Any(c => char.IsControl(c) || c == '\uFFFD')))
        && Prompt is null or "none" or "login" or "consent" or "select_account" or "create";

    /// <summary>A placeholder: the hint is personal data.</summary>
    public override string ToString() => "[endpoint parameters]";
}
