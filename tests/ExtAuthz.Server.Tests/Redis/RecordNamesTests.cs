using System.Text;
using ExtAuthz.Server.Redis;
using ExtAuthz.Server.Sessions;

namespace ExtAuthz.Server.Tests.Redis;

public sealed class RecordNamesTests
{
    private static readonly SealPassword Names = new(1, Encoding.UTF8.GetBytes("correct-horse-battery-staple-4242"));
    private static readonly SealPassword Others = new(1, Encoding.UTF8.GetBytes("battery-staple-correct-horse-4242"));

    private readonly RecordNames _names = new(Names, "extauthz:", "configuration");

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
        new[]
        {
            _names.Of("ab", "c"), _names.Of("a", "bc"), _names.Of("abc"), _names.Of("abc", ""), _names.Of("", "abc"), _names.Of(),
            new RecordNames(Names, "extauthz:", "configurationabc").Of(), new RecordNames(Names, "extauthz:", "").Of("configuration", "abc"),
            new RecordNames(Names, "extauthz:", "other").Of("abc"), new RecordNames(Others, "extauthz:", "configuration").Of("abc"),
        }.ShouldBeUnique();
    }
}
