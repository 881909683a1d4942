using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ExtAuthz.Server.Tests.Hosting;

/// <summary>A token endpoint that answers every refresh with new tokens, in the organisation that was asked for, and counts.</summary>
internal sealed class RotatingProvider
{
    private readonly TaskCompletionSource _called = new();
    private SignedInWorld? _world;
    private int _calls;

    public int Calls => _calls;

    /// <summary>Ends with the first call.</summary>
    public Task Called => _called.Task;

    /// <summary>Answers wait until it is done; null does not wait.</summary>
    public TaskCompletionSource? Gate { get; init; }

    /// <summary>How many characters of metadata the user has.</summary>
    public int MetadataLength { get; init; }

    public void Use(SignedInWorld world) => _world = world;

    public async Task AnswerAsync(HttpContext context)
    {
        var call = Interlocked.Increment(ref _calls);
        var request = await JsonNode.ParseAsync(context.Request.Body);
        _called.TrySetResult();
        await (Gate?.Task ?? Task.CompletedTask);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""
            {
              "access_token": "{{_world!.Token(new AccessTokenSpec { OrganizationId = request?["organization_id"]?.GetValue<string>() })}}",
              "refresh_token": "rt_new_{{call}}",
              "user": { "object": "user", "id": "{{SignedInWorld.UserId}}", "email": "ada@example.com", "email_verified": true, "metadata": { "a": "{{new string('x', MetadataLength)}}" } }
            }
            """);
    }
}
