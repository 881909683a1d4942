using System.Text.Json;
using ExtAuthz.Server.Sessions;

namespace ExtAuthz.Server.Tests.Sessions;

public sealed class AuthKitUserTests
{
    [Fact]
    public void A_user_of_the_API_gets_the_names_and_the_order_of_AuthKit() => Json("""
        {
          "metadata": { "a\/b": "\u00fc", "n": [1, 2.50, true, null, []] }, "external_id": "e", "object": "user", "id": "user_1", "email": "ada@example.com",
          "email_verified": true, "first_name": "Ada", "last_name": null, "profile_picture_url": null, "last_sign_in_at": null, "locale": "en",
          "created_at": "c", "updated_at": "u", "name": "Ada \"L\"\u0001\ud800", "unknown": 1
        }
        """).ShouldBe("""
        {"object":"user","id":"user_1","email":"ada@example.com","emailVerified":true,"name":"Ada \"L\"\u0001\ud800","firstName":"Ada","profilePictureUrl":null,"lastName":null,"lastSignInAt":null,"locale":"en","createdAt":"c","updatedAt":"u","externalId":"e","metadata":{"a/b":"ü","n":[1,2.50,true,null,[]]}}
        """);

    [Fact]
    public void Absent_members_stay_absent_but_for_those_that_AuthKit_always_writes() =>
        Json("""{"id":"user_1"}""").ShouldBe("""{"id":"user_1","name":null,"externalId":null,"metadata":{}}""");

    [Theory]
    [InlineData("null")]
    [InlineData("\"user_1\"")]
    [InlineData("{}")]
    [InlineData("""{"id":1}""")]
    public void Anything_without_an_id_is_no_user(string json) => Json(json).ShouldBeNull();

    private static string? Json(string user)
    {
        using var document = JsonDocument.Parse(user);
        return AuthKitUser.FromWorkOS(document.RootElement)?.Json;
    }
}
