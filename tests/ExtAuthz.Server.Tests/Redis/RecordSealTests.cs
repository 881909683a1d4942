using System.Diagnostics.Metrics;
using ExtAuthz.Server.Redis;
using ExtAuthz.Server.Sessions;
using ExtAuthz.Server.Telemetry;
using ExtAuthz.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ExtAuthz.Server.Tests.Redis;

/// <summary>Whatever somebody makes of the bytes in Redis, a record opens where it was sealed and nowhere else.</summary>
public sealed class RecordSealTests : IDisposable
{
    private const string Old = "correct-horse-battery-staple-4242";
    private const string New = "battery-staple-correct-horse-4242";

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly CapturedLogs _logs = new();
    private readonly byte[] _content = "the content of a record"u8.ToArray();

    [Fact]
    public void A_record_opens_where_it_was_sealed() => Of((1, Old)).Open(RecordType.Result, "K", Sealed()).ShouldBe(_content);

    [Fact]
    public void An_empty_record_does_too() => Of((1, Old)).Open(RecordType.Lock, "K", Of((1, Old)).Seal(RecordType.Lock, "K", [])).ShouldBe([]);

    [Fact]
    public void Nothing_of_the_content_shows_and_no_two_seals_are_equal()
    {
        Sealed().AsSpan().IndexOf("content"u8).ShouldBe(-1);
        Sealed().ShouldNotBe(Sealed());
    }

    [Fact]
    public void A_flip_of_any_bit_makes_it_no_record()
    {
        var seal = Of((1, Old));
        var record = Sealed();
        for (var bit = 0; bit < record.Length * 8; bit++)
        {
            record[bit / 8] ^= (byte)(1 << (bit % 8));
            seal.Open(RecordType.Result, "K", record).ShouldBeNull($"bit {bit}");
            record[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        seal.Open(RecordType.Result, "K", record).ShouldBe(_content);
    }

    [Fact]
    public void A_record_cut_anywhere_or_with_more_behind_it_is_none()
    {
        var seal = Of((1, Old));
        var record = Sealed();
        for (var length = 0; length < record.Length; length++)
        {
            seal.Open(RecordType.Result, "K", record.AsSpan(0, length)).ShouldBeNull($"{length} bytes");
        }

        seal.Open(RecordType.Result, "K", [.. record, 0]).ShouldBeNull();
    }

    [Theory]
    [InlineData(nameof(RecordType.Result), "L", "configuration")] // another user's place
    [InlineData(nameof(RecordType.Attempt), "K", "configuration")] // another kind of record
    [InlineData(nameof(RecordType.Result), "K", "other")] // another client of the provider
    [InlineData(nameof(RecordType.Result), "", "Kconfiguration")] // the same characters, divided in another way
    [InlineData(nameof(RecordType.Result), "Kc", "onfiguration")]
    [InlineData(nameof(RecordType.Result), "Kconfiguration", "")]
    public void A_record_in_another_place_is_none(string type, string name, string configuration) =>
        Of(configuration, (1, Old)).Open(Enum.Parse<RecordType>(type), name, Sealed()).ShouldBeNull();

    [Fact]
    public void A_record_over_64_KB_is_not_looked_at()
    {
        var seal = Of((1, Old));
        seal.Open(RecordType.Result, "K", seal.Seal(RecordType.Result, "K", new byte[RecordSeal.MaxLength - 64])).ShouldNotBeNull();

        seal.Open(RecordType.Result, "K", seal.Seal(RecordType.Result, "K", new byte[RecordSeal.MaxLength])).ShouldBeNull();
    }

    [Fact]
    public void The_newest_password_seals_and_any_opens()
    {
        var rotated = Of((1, Old), (2, New));

        rotated.Open(RecordType.Result, "K", Sealed()).ShouldBe(_content);
        Of((1, Old)).Open(RecordType.Result, "K", rotated.Seal(RecordType.Result, "K", _content)).ShouldBeNull();
        Of((2, New)).Open(RecordType.Result, "K", rotated.Seal(RecordType.Result, "K", _content)).ShouldBe(_content);
        Of((1, New)).Open(RecordType.Result, "K", Sealed()).ShouldBeNull();
    }

    [Fact]
    public void What_does_not_open_is_counted_and_told()
    {
        var counted = new List<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
        {
            if (instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>())
            {
                counted.Add($"{instrument.Name} {count} {tags[0].Value}");
            }
        });
        listener.Start();

        Of((1, Old)).Open(RecordType.KeySet, "K", Sealed()).ShouldBeNull();

        counted.ShouldBe(["extauthz.redis.unreadable 1 key_set"]);
        _logs.Lines.ShouldHaveSingleItem().ShouldContain("A KeySet record in Redis does not open");
    }

    public void Dispose()
    {
        _services.Dispose();
        _logs.Dispose();
    }

    private byte[] Sealed() => Of((1, Old)).Seal(RecordType.Result, "K", _content);

    private RecordSeal Of(params (int Id, string Password)[] passwords) => Of("configuration", passwords);

    private RecordSeal Of(string configuration, params (int Id, string Password)[] passwords) => new(
        new PasswordRing(passwords.ToDictionary(password => password.Id, password => password.Password)),
        configuration,
        new SystemRandomSource(),
        new CheckMetrics(_services.GetRequiredService<IMeterFactory>()),
        new Logger<RecordSeal>(LoggerFactory.Create(logging => logging.AddProvider(_logs))));
}
