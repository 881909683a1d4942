using System.Text.Json;
using System.Text.Json.Serialization;
using ExtAuthz.FakeWorkOS.Http;
using ExtAuthz.FakeWorkOS.Keys;

namespace ExtAuthz.FakeWorkOS.FaultInjection;

/// <summary><c>POST /_fake/faults</c>: the switches of <see cref="Faults"/> and <see cref="KeyRing"/> for tests in another process.</summary>
internal sealed class FaultsEndpoint(Faults faults, KeyRing keys)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    public async Task PostAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        try
        {
            Apply(await context.Request.ReadFromJsonAsync<FaultsRequest>(Json, context.RequestAborted) ?? throw new JsonException("An object is needed."));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (JsonException exception)
        {
            await WorkOSError.InvalidRequest(exception.Message).WriteAsync(context.Response);
        }
    }

    private void Apply(FaultsRequest request)
    {
        if (request.Clear)
        {
            faults.Clear();
        }

        request.Authenticate?.ApplyTo(faults.Authenticate);
        request.Jwks?.ApplyTo(faults.Jwks);
        faults.AccessTokenLifetime = request.AccessTokenLifetime ?? faults.AccessTokenLifetime;
        if (request.RotateKeys is { } rotation)
        {
            keys.Rotate(overlap: rotation is KeyRotation.Overlap);
        }
    }
}
