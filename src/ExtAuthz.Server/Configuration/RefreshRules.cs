using ExtAuthz.Domain.Refresh;

namespace ExtAuthz.Server.Configuration;

/// <summary>Rules for the refresh of access tokens.</summary>
internal static class RefreshRules
{
    /// <summary>What WorkOS promises, in seconds: workos.com/docs/authkit/session-resilience.</summary>
    private const int OfWorkOS = 30;

    /// <summary>A buffer of an operator's choice; null for AuthKit's rule.</summary>
    public static TimeSpan? ReadBuffer(AuthkitOptions options, ConfigurationFaults faults)
    {
        if (options.RefreshBufferSeconds < 0)
        {
            faults.Add(nameof(options.RefreshBufferSeconds), "It is negative.", "Write seconds; 0 never refreshes ahead, and without it AuthKit's rule of 60 or 30 seconds holds.");
        }

        return options.RefreshBufferSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary>How long the provider answers a rotated refresh token with the same tokens. One that promises nothing takes a second use for theft.</summary>
    public static TimeSpan ReadReplayWindow(AuthkitOptions options, ConfigurationFaults faults)
    {
        if (options.ReplayWindowSeconds is < 0 or > 300)
        {
            faults.Add(nameof(options.ReplayWindowSeconds), "It is not between 0 and 300 seconds.", "Write what the provider promises; 0 sends a refresh token only once. Without it 30 seconds hold for WorkOS, and 0 for any other provider.");
        }

        return TimeSpan.FromSeconds(options.ReplayWindowSeconds ?? (options.Provider is IdentityProviderKind.WorkOS ? OfWorkOS : 0));
    }

    /// <summary>How long results are kept. Not longer than a token is known as spent.</summary>
    public static RefreshRecordLife ReadRecordLife(AuthkitOptions options, ConfigurationFaults faults)
    {
        if (options.RotationGraceMinutes is < 1 or > 1440)
        {
            faults.Add(nameof(options.RotationGraceMinutes), "It is not between 1 and 1440 minutes.", "Leave it out for 15. The longer, the longer a stolen old cookie may serve.");
        }

        return new RefreshRecordLife(TimeSpan.FromMinutes(options.RotationGraceMinutes));
    }
}
