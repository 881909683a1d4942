using System.Text.Json;

namespace ExtAuthz.FakeWorkOS.Http;

/// <summary>A back-channel call: its parameters, sent as JSON or as a form, and whether it knows the API key.</summary>
internal sealed class ApiRequest
{
    private const string Bearer = "Bearer ";

    private readonly IReadOnlyDictionary<string, string> _parameters;
    private readonly string? _bearerToken;

    private ApiRequest(IReadOnlyDictionary<string, string> parameters, string? bearerToken) =>
        (_parameters, _bearerToken) = (parameters, bearerToken);

    public string? this[string name] => _parameters.GetValueOrDefault(name);

    /// <summary>Reads the call; nothing when the body is neither a JSON object nor a form.</summary>
    public static async Task<ApiRequest?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var authorization = request.Headers.Authorization.ToString();
        var bearer = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..] : null;
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(cancellationToken);
            return new ApiRequest(form.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal), bearer);
        }

        return await ReadJsonAsync(request, cancellationToken) is { } json ? new ApiRequest(json, bearer) : null;
    }

    /// <summary>True when every credential that is given is the API key, and one is given.</summary>
    public bool KnowsApiKey(string apiKey)
    {
        string[] credentials = [.. new[] { _bearerToken, this["client_secret"] }.OfType<string>()];
        return credentials.Length > 0 && credentials.All(credential => string.Equals(credential, apiKey, StringComparison.Ordinal));
    }

    private static async Task<Dictionary<string, string>?> ReadJsonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
            return document.RootElement.ValueKind is not JsonValueKind.Object ? null : document.RootElement.EnumerateObject()
                .Where(property => property.Value.ValueKind is JsonValueKind.String)
                .GroupBy(property => property.Name, property => property.Value.GetString()!, StringComparer.Ordinal) // a JSON string is not null
                .ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException) // the latter: a string that is not Unicode
        {
            return null;
        }
    }
}
