using System.Net;
using System.Text;
using Envoy.Service.Auth.V3;
using ExtAuthz.Domain;
using ExtAuthz.Domain.Sessions;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Server.Tests.Hosting;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ExtAuthz.Server.Tests.OpenIdConnect;

/// <summary>The certified provider posts its own logout token; a listener in Envoy's place asks the service, with the body.</summary>
public sealed class OidcProviderLogoutTests
{
    private const string Path = "/.auth/backchannel-logout";

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task A_logout_at_the_provider_ends_the_session_here_though_it_is_remembered(bool namesSession, bool packsBytes)
    {
        OidcWorld? running = null;
        var answers = new List<(CheckRequest Request, CheckResponse Answer)>();
        await using var listener = await StubProvider.StartAsync(async context =>
        {
            var request = await ToldByEnvoyAsync(context.Request, packsBytes);
            var answer = await running!.Service.CheckAsync(request);
            answers.Add((request, answer));
            context.Response.StatusCode = (int)answer.DeniedResponse.Status.Code;
        });
        await using var world = running = await OidcWorld.StartAsync($"http://127.0.0.1:{listener.Port}{Path}", namesSession);
        var session = await world.SignInAsync();
        (await AskAsync(world, session)).IsAllowed().ShouldBeTrue();
        (await AskAsync(world, session)).IsAllowed().ShouldBeTrue();

        await SignOutAtTheProviderAsync(world, session);

        var (told, answered) = answers.ShouldHaveSingleItem();
        ((int)answered.DeniedResponse.Status.Code, answered.DeniedResponse.Body, answered.Browser("cache-control")).ShouldBe((200, "", "no-store"));
        (await AskAsync(world, session)).IsAllowed().ShouldBeFalse();
        world.Service.Logs.Lines.ShouldContain(line => line.Contains(namesSession ? "The provider ended session " : "The provider ended all sessions of a user", StringComparison.Ordinal));

        var again = await world.Service.CheckAsync(told);
        ((int)again.DeniedResponse.Status.Code, again.DeniedResponse.Body).ShouldBe((400, """{"error":"invalid_request","reason":"replayed"}"""));
    }

    [Fact]
    public async Task Without_the_body_the_operator_is_told_what_Envoy_lacks()
    {
        await using var world = await OidcWorld.StartAsync();
        var request = CheckRequests.Get(Path);
        request.Attributes.Request.Http.Method = "POST";

        var answer = await world.Service.CheckAsync(request);

        ((int)answer.DeniedResponse.Status.Code, answer.DeniedResponse.Body).ShouldBe((400, """{"error":"invalid_request","reason":"body_missing"}"""));
        world.Service.Logs.Lines.ShouldContain(line => line.Contains("with_request_body", StringComparison.Ordinal));
    }

    private static Task<CheckResponse> AskAsync(OidcWorld world, SealedSession session) => world.Service.CheckAsync(CheckRequests.Document("/account", $"wos-session={session.Value}"));

    private static async Task SignOutAtTheProviderAsync(OidcWorld world, SealedSession session)
    {
        var identity = world.Service.Services.GetRequiredService<IIdentityProvider>();
        var signOut = identity.SignOutUrl(new SignOutRequest(null, world.Codec.Unseal(session)!.IdToken, $"{OidcWorld.Origin}/about")).ShouldNotBeNull();
        await world.Browser.LeaveAsync(signOut);
    }

    /// <summary>What Envoy tells of a request where <c>with_request_body</c> is set, in <c>raw_body</c> with <c>pack_as_bytes</c>.</summary>
    private static async Task<CheckRequest> ToldByEnvoyAsync(HttpRequest received, bool packsBytes)
    {
        received.Method.ShouldBe(WebRequestMethods.Http.Post);
        using var reader = new StreamReader(received.Body);
        var body = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        var request = CheckRequests.Get(received.Path);
        var http = request.Attributes.Request.Http;
        (http.Method, http.Headers["content-type"]) = (received.Method, received.ContentType);
        if (packsBytes)
        {
            http.RawBody = ByteString.CopyFrom(body, Encoding.UTF8);
        }
        else
        {
            http.Body = body;
        }

        return request;
    }
}
