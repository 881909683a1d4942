using Microsoft.AspNetCore.Http;

namespace ExtAuthz.Server.Tests.Hosting;

/// <summary>A token endpoint that answers every refresh with new tokens and counts.</summary>
internal sealed class RotatingProvider
{
    private SignedInWorld? _world;
    private int _calls;

    public int Calls => _calls;

    /// <summary>Answers wait until it is done; null does not wait.</summary>
    public TaskCompletionSource? Gate { get; init; }

    /// <summary>How many characters of metadata the user has.</summary>
    public int MetadataLength { get; init; }

    public void Use(SignedInWorld world) => _world = world;

    public async Task AnswerAsync(HttpContext context)
    {
        var call = Interlocked.Increment(ref _calls);
        await (Gate?.Task ?? Task.CompletedTask);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""
            {
              "access_token": "{{_world!.Token(new AccessTokenSpec())}}",
              "refresh_token": "rt_new_{{call}}",
              "user": { "object": "user", "id": "{{SignedInWorld.UserId}}", "email": "ada@example.com", "email_verified": true, "metadata": { "a": "{{new string('x', MetadataLength)}}" } }
            }
            """);
    }
}
