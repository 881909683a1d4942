namespace ExtAuthz.FakeWorkOS.FaultInjection;

/// <summary>What can be made to go wrong. Take it from the application's services; <c>POST /_fake/faults</c> is the same from outside.</summary>
public sealed class Faults
{
    private readonly FakeWorkOSOptions _options;
    private long _lifetimeTicks;

    public Faults(FakeWorkOSOptions options)
    {
        _options = options;
        var chance = new SeededChance(options.Seed);
        Authenticate = new EndpointFaults(chance);
        Jwks = new EndpointFaults(chance);
        AccessTokenLifetime = options.AccessTokenLifetime;
    }

    /// <summary>Faults of <c>POST /user_management/authenticate</c>.</summary>
    public EndpointFaults Authenticate { get; }

    /// <summary>Faults of the JWKS endpoints.</summary>
    public EndpointFaults Jwks { get; }

    /// <summary>Life of the access tokens made from now on; negative makes them expired at birth.</summary>
    public TimeSpan AccessTokenLifetime
    {
        get => new(Interlocked.Read(ref _lifetimeTicks));
        set => Interlocked.Exchange(ref _lifetimeTicks, value.Ticks);
    }

    /// <summary>Switches every fault off.</summary>
    public void Clear()
    {
        Authenticate.Clear();
        Jwks.Clear();
        AccessTokenLifetime = _options.AccessTokenLifetime;
    }
}
