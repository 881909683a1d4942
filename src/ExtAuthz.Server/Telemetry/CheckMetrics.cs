using System.Diagnostics.Metrics;
using ExtAuthz.Domain;
using ExtAuthz.Server.Redis;

namespace ExtAuthz.Server.Telemetry;

/// <summary>The measurements of meter <c>ExtAuthz</c>. Tags come from closed sets only.</summary>
internal sealed class CheckMetrics : IDisposable
{
    /// <summary>The meter's name: a contract.</summary>
    public const string MeterName = "ExtAuthz";

    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _events;
    private readonly Counter<long> _redisFailures;
    private readonly Counter<long> _redisUnreadable;

    public CheckMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _duration = _meter.CreateHistogram<double>("extauthz.check.duration", "s", "How long a decision took.");
        _events = _meter.CreateCounter<long>("extauthz.session.events", "{event}", "What happened to sessions.");
        _redisFailures = _meter.CreateCounter<long>("extauthz.redis.failures", "{call}", "Calls of Redis without an answer that counts.");
        _redisUnreadable = _meter.CreateCounter<long>("extauthz.redis.unreadable", "{record}", "Records in Redis that do not open.");
    }

    /// <summary>A request was decided.</summary>
    public void Decided(bool isAllowed, DecisionReason reason, TimeSpan duration)
    {
        if (_duration.Enabled)
        {
            _duration.Record(
                duration.TotalSeconds,
                new KeyValuePair<string, object?>("extauthz.decision", isAllowed ? "allow" : "deny"),
                new KeyValuePair<string, object?>("extauthz.reason", ReasonCode.Of(reason)));
        }
    }

    /// <summary>Something happened to a session.</summary>
    public void Happened(SessionEvent sessionEvent)
    {
        if (_events.Enabled)
        {
            _events.Add(1, new KeyValuePair<string, object?>("extauthz.event", ReasonCode.Of(sessionEvent.GetType().Name)));
        }
    }

    /// <summary>A call of Redis got no answer that counts.</summary>
    public void RedisFailed(RedisFault cause)
    {
        if (_redisFailures.Enabled)
        {
            _redisFailures.Add(1, new KeyValuePair<string, object?>("error.type", ReasonCode.Of(cause)));
        }
    }

    /// <summary>A record in Redis does not open.</summary>
    public void RecordUnreadable(RecordType type)
    {
        if (_redisUnreadable.Enabled)
        {
            _redisUnreadable.Add(1, new KeyValuePair<string, object?>("extauthz.record", ReasonCode.Of(type)));
        }
    }

    public void Dispose() => _meter.Dispose();
}
