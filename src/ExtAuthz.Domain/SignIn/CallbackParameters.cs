namespace ExtAuthz.Domain.SignIn;

/// <summary>The parameters of an authorization response (RFC 6749 section 4.1.2), each at most once.</summary>
/// <param name="Code">The authorization code.</param>
/// <param name="State">The state we sent.</param>
/// <param name="Error">The provider's error code.</param>
/// <param name="Issuer">Who answers (RFC 9207 section 2).</param>
/// <param name="HasDuplicates">Whether one of them came twice: then none can be believed.</param>
public sealed record CallbackParameters(string? Code, string? State, string? Error, string? Issuer, bool HasDuplicates)
{
    /// <summary>Reads a query string in <c>application/x-www-form-urlencoded</c>; other parameters are left alone.</summary>
    /// <param name="query">The query, with or without its <c>?</c>.</param>
    public static CallbackParameters Read(string? query)
    {
        var parameters = new CallbackParameters(null, null, null, null, false);
        foreach (var (name, value) in UrlEncodedForm.Pairs(query?.TrimStart('?')).Where(pair => pair.Value is not null))
        {
            parameters = name switch
            {
                "code" => parameters with { Code = value, HasDuplicates = parameters.HasDuplicates || parameters.Code is not null },
                "state" => parameters with { State = value, HasDuplicates = parameters.HasDuplicates || parameters.State is not null },
                "error" => parameters with { Error = value, HasDuplicates = parameters.HasDuplicates || parameters.Error is not null },
                "iss" => parameters with { Issuer = value, HasDuplicates = parameters.HasDuplicates || parameters.Issuer is not null },
                _ => parameters,
            };
        }

        return parameters;
    }

    /// <summary>A placeholder; code and state are secrets.</summary>
    public override string ToString() => "[authorization response]";
}
