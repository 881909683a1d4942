using ExtAuthz.FakeWorkOS.Accounts;
using ExtAuthz.FakeWorkOS.Bookkeeping;
using ExtAuthz.FakeWorkOS.Http;

namespace ExtAuthz.FakeWorkOS.Sessions;

/// <summary>The sessions and their refresh tokens, in memory and bounded: the oldest session makes room, spent tokens are forgotten in time.</summary>
public sealed class SessionStore(FakeWorkOSOptions options, AccountDirectory accounts, AccessTokens accessTokens, Ledger ledger, TimeProvider clock)
{
    private const int Capacity = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _liveTokens = new(StringComparer.Ordinal); // the refresh token of each session
    private readonly Dictionary<string, RefreshGrant> _grants = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldestFirst = new();
    private readonly Queue<(string RefreshToken, DateTimeOffset ForgetAt)> _spent = new();

    /// <summary>Starts a session as a sign-in does; also for tests that need many without a browser.</summary>
    public SessionTokens SignIn(FakeUser user, string? organizationId)
    {
        var sso = accounts.Organization(organizationId) is { Policy: SwitchPolicy.SsoRequired };
        var session = new Session(Identifiers.New("session_"), user, sso ? "SSO" : user.AuthenticationMethod, clock.GetUtcNow());
        Lazy<SessionTokens> tokens;
        lock (_gate)
        {
            tokens = Issue(session, organizationId);
            _oldestFirst.Enqueue(session.Id);
            if (_oldestFirst.Count > Capacity)
            {
                End(_oldestFirst.Dequeue());
            }
        }

        return tokens.Value;
    }

    /// <summary>Ends a session: its refresh tokens are refused, its access tokens live until they expire. False if there is none.</summary>
    public bool End(string sessionId)
    {
        lock (_gate)
        {
            if (!_liveTokens.Remove(sessionId, out var refreshToken))
            {
                return false;
            }

            Spend(refreshToken);
            return true;
        }
    }

    /// <summary>Exchanges a refresh token, for another organisation if one is named. A replay answers the first exchange, whatever it names.</summary>
    internal RefreshOutcome Refresh(string refreshToken, string? organizationId)
    {
        lock (_gate)
        {
            if (!_grants.TryGetValue(refreshToken, out var grant))
            {
                return new RefreshOutcome.Refused(WorkOSError.InvalidGrant("Invalid refresh token."));
            }

            if (!_liveTokens.ContainsKey(grant.Session.Id))
            {
                return new RefreshOutcome.Refused(WorkOSError.InvalidGrant("Session has already ended."));
            }

            if (grant.Exchange is { } earlier)
            {
                return clock.GetUtcNow() - earlier.At < options.ReplayWindow ? new RefreshOutcome.Granted(earlier.Tokens) : RefuseReuse(grant);
            }

            if (RefusalToSwitch(grant, organizationId) is { } refusal)
            {
                return new RefreshOutcome.Refused(refusal);
            }

            grant.Exchange = new Exchange(clock.GetUtcNow(), Issue(grant.Session, organizationId ?? grant.OrganizationId));
            Spend(refreshToken);
            ledger.Rotated(refreshToken);
            return new RefreshOutcome.Granted(grant.Exchange.Tokens);
        }
    }

    private RefreshOutcome.Refused RefuseReuse(RefreshGrant grant)
    {
        if (options.EndsSessionOnReuse)
        {
            End(grant.Session.Id);
        }

        return new RefreshOutcome.Refused(WorkOSError.InvalidGrant("Refresh token already exchanged."));
    }

    private Answer? RefusalToSwitch(RefreshGrant grant, string? organizationId)
    {
        if (organizationId is null || string.Equals(organizationId, grant.OrganizationId, StringComparison.Ordinal))
        {
            return null;
        }

        return (accounts.Organization(organizationId), grant.Session.User.MembershipIn(organizationId)) switch
        {
            (null, _) => WorkOSError.NotFound("Organization", organizationId),
            (_, null) => WorkOSError.OAuth(StatusCodes.Status403Forbidden, "access_denied", "User is not a member of the organization."),
            ({ Policy: SwitchPolicy.SsoRequired } organization, _) => WorkOSError.SsoRequired(organization),
            ({ Policy: SwitchPolicy.MfaEnrollment } organization, _) => WorkOSError.MfaEnrollment(organization),
            _ => null,
        };
    }

    // The caller holds the lock; the signature, which is slow, waits until the lock is free.
    private Lazy<SessionTokens> Issue(Session session, string? organizationId)
    {
        var refreshToken = Identifiers.New("refresh_");
        _liveTokens[session.Id] = refreshToken;
        _grants[refreshToken] = new RefreshGrant(session, organizationId);
        return new Lazy<SessionTokens>(() => new SessionTokens(
            session.Id, session.User, organizationId, session.AuthenticationMethod, accessTokens.Create(session, organizationId), refreshToken));
    }

    // A spent token is remembered for a while, so that its next use says why it is refused.
    private void Spend(string refreshToken)
    {
        var now = clock.GetUtcNow();
        _spent.Enqueue((refreshToken, now + options.ReplayWindow + TimeSpan.FromMinutes(15)));
        while (_spent.Count > Capacity || _spent.Peek().ForgetAt <= now)
        {
            _grants.Remove(_spent.Dequeue().RefreshToken);
        }
    }
}
