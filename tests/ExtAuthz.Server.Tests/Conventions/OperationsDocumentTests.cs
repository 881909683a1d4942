using System.Diagnostics.Metrics;
using System.Reflection;
using ExtAuthz.Domain;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Server.Redis;
using ExtAuthz.Server.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ExtAuthz.Server.Tests.Conventions;

/// <summary>docs/operations.md tells of every log event, measurement and reason, and of no other.</summary>
public sealed class OperationsDocumentTests
{
    private static readonly Document Operations = Document.Open("docs/operations.md");

    private static readonly IReadOnlyList<LoggerMessageAttribute> Events =
        [.. typeof(Log).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()];

    [Fact]
    public void Ids_and_names_of_events_are_unique()
    {
        Events.ShouldNotBeEmpty();
        Events.Select(@event => @event.EventId).ShouldBeUnique();
        Events.Select(@event => @event.EventName).ShouldBeUnique();
    }

    [Fact]
    public void Every_event_has_a_row_with_its_id_name_and_level() =>
        Operations.Rows("## Logs").Select(cells => (cells[0], cells[1], cells[2])).ShouldBe(
            Events.OrderBy(@event => @event.EventId).Select(@event => ($"{@event.EventId}", $"`{@event.EventName}`", LevelOf(@event))));

    [Fact]
    public void Every_measurement_has_a_row_with_its_unit_and_tags() =>
        Operations.Rows("## Metrics").Select(cells => (cells[0], cells[1], cells[2]))
            .ShouldBe(Measured().Select(instrument => ($"`{instrument.Name}`", $"`{instrument.Unit}`", instrument.Tags)), ignoreOrder: true);

    [Fact]
    public void Every_session_event_has_a_row() =>
        CodesUnder("### Session events").ShouldBe(typeof(SessionEvent).GetNestedTypes().Select(type => ReasonCode.Of(type.Name)));

    [Fact]
    public void Every_reason_has_a_row() =>
        CodesUnder("### Decisions").ShouldBe(Enum.GetValues<DecisionReason>().Select(reason => ReasonCode.Of(reason)));

    [Fact]
    public void Every_failure_of_a_sign_in_has_a_row() =>
        CodesUnder("### Failed sign-ins").ShouldBe(Enum.GetValues<SignInFailure>().Select(failure => ReasonCode.Of(failure)));

    private static IEnumerable<string> CodesUnder(string heading) => Operations.Rows(heading).Select(cells => cells[0].Trim('`'));

    private static string LevelOf(LoggerMessageAttribute @event) => @event.Level is LogLevel.None ? "Debug or Information" : @event.Level.ToString();

    /// <summary>The instruments of the meter, and the tags that they really bear.</summary>
    private static List<(string Name, string? Unit, string Tags)> Measured()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var metrics = new CheckMetrics(services.GetRequiredService<IMeterFactory>());
        var measured = new List<(string Name, string? Unit, string Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name is CheckMetrics.MeterName && instrument.Meter.Scope == services.GetRequiredService<IMeterFactory>())
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, tags));
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Add(instrument, tags));
        listener.Start();
        metrics.Decided(isAllowed: true, DecisionReason.Public, TimeSpan.Zero);
        metrics.Happened(new SessionEvent.NotFound());
        metrics.RedisFailed(RedisFault.Timeout);
        metrics.RecordUnreadable(RecordType.Result);
        return measured;

        void Add(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            measured.Add((instrument.Name, instrument.Unit, string.Join(", ", tags.ToArray().Select(tag => $"`{tag.Key}`"))));
    }
}
