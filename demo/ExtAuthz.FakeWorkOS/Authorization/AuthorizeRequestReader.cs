using System.Collections.Immutable;
using ExtAuthz.FakeWorkOS.Accounts;
using Microsoft.Extensions.Primitives;

namespace ExtAuthz.FakeWorkOS.Authorization;

/// <summary>Checks the parameters of an authorisation request; the redirect URI first, because every later error is sent to it.</summary>
internal sealed class AuthorizeRequestReader(FakeWorkOSOptions options, AccountDirectory accounts)
{
    public AuthorizeOutcome Read(IEnumerable<KeyValuePair<string, StringValues>> values)
    {
        var given = values.Where(pair => AuthorizeRequest.Names.Contains(pair.Key, StringComparer.Ordinal)).ToList();
        if (given.Find(pair => pair.Value.Count != 1) is { Key: { } repeated })
        {
            return new AuthorizeOutcome.ErrorPage($"The parameter {repeated} is repeated.");
        }

        var request = new AuthorizeRequest(given.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal));
        if (!options.ClientId.Equals(request["client_id"], StringComparison.Ordinal))
        {
            return new AuthorizeOutcome.ErrorPage($"The client {request["client_id"]} is not known.");
        }

        if (request["redirect_uri"] is not { } redirectUri || !options.RedirectUris.Contains(redirectUri, StringComparer.Ordinal))
        {
            return new AuthorizeOutcome.ErrorPage($"The redirect URI {request["redirect_uri"]} is not registered.");
        }

        return Fault(request) is var (error, description)
            ? new AuthorizeOutcome.ErrorToClient(AuthorizeRequest.ErrorUrl(redirectUri, request["state"], error, description))
            : new AuthorizeOutcome.Accepted(request);
    }

    private (string Error, string Description)? Fault(AuthorizeRequest request)
    {
        if (request["response_type"] is not "code")
        {
            return ("unsupported_response_type", "response_type must be code.");
        }

        if (request["provider"] is not "authkit")
        {
            return ("invalid_request", "provider must be authkit.");
        }

        if (request["code_challenge_method"] is not "S256" || !Pkce.IsChallenge(request["code_challenge"]))
        {
            return ("invalid_request", "A code_challenge with the method S256 is required.");
        }

        if (request["organization_id"] is { } organizationId && accounts.Organization(organizationId) is null)
        {
            return ("invalid_request", "The organization is not known.");
        }

        if (request["max_age"] is { } maxAge && !uint.TryParse(maxAge, out _))
        {
            return ("invalid_request", "max_age must be a number of seconds.");
        }

        return request["prompt"] switch
        {
            null or "consent" or "login" or "select_account" => null,
            "none" => ("login_required", "Every sign-in needs the user here."),
            _ => ("invalid_request", "The prompt is not known."),
        };
    }
}
