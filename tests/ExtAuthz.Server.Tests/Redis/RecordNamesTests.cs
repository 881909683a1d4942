using ExtAuthz.Server.Redis;
using ExtAuthz.Server.Sessions;

namespace ExtAuthz.Server.Tests.Redis;

public sealed class RecordNamesTests
{
    private const string Password = "correct-horse-battery-staple-4242";

    private readonly RecordNames _names = new(new PasswordRing(new Dictionary<int, string> { [1] = Password }), "extauthz:", "configuration");

    [Fact]
    public void A_name_is_always_the_same_and_tells_nothing()
    {
        var name = _names.Of("refresh-token");

        name.ShouldMatch("^[A-Za-z0-9_-]{43}$");
        name.ShouldBe(_names.Of("refresh-token"));
    }

    [Fact]
    public void A_key_has_one_hash_tag_for_all_records_of_a_name()
    {
        _names.KeyOf(RecordType.Lock, "K").ShouldBe("extauthz:lock:{K}");
        _names.KeyOf(RecordType.KeySet, "K").ShouldBe("extauthz:key_set:{K}");
    }

    [Fact]
    public void Whatever_differs_makes_another_name()
    {
        var ring = new PasswordRing(new Dictionary<int, string> { [1] = Password });
        var other = new PasswordRing(new Dictionary<int, string> { [1] = Password, [2] = "battery-staple-correct-horse-4242" });

        new[]
        {
            _names.Of("ab", "c"), _names.Of("a", "bc"), _names.Of("abc"), _names.Of("abc", ""), _names.Of("", "abc"), _names.Of(),
            new RecordNames(ring, "extauthz:", "configurationabc").Of(), new RecordNames(ring, "extauthz:", "").Of("configuration", "abc"),
            new RecordNames(ring, "extauthz:", "other").Of("abc"), new RecordNames(other, "extauthz:", "configuration").Of("abc"),
        }.ShouldBeUnique();
    }
}
