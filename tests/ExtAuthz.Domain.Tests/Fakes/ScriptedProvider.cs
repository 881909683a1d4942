using System.Threading.Channels;
using ExtAuthz.Domain.Refresh;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tokens;

namespace ExtAuthz.Domain.Tests.Fakes;

/// <summary>A provider that answers when the test says so, or always with the same.</summary>
internal sealed class ScriptedProvider : IIdentityProvider
{
    private readonly Channel<RefreshCall> _calls = Channel.CreateUnbounded<RefreshCall>();
    private int _refreshes;

    /// <summary>Answers every refresh at once; null leaves the answers to the test.</summary>
    public Func<RefreshGrant, RefreshOutcome>? AnswerRefresh { get; set; }

    /// <summary>Answers every code.</summary>
    public Func<AuthorizationCode, CodeExchange> AnswerCode { get; set; } = _ => new CodeExchange.Refused("invalid_grant");

    /// <summary>Answers every revocation.</summary>
    public RevocationOutcome AnswerRevocation { get; set; } = new RevocationOutcome.Revoked();

    /// <summary>The refresh tokens that were to be revoked, and how long the caller would wait.</summary>
    public List<(RefreshToken Token, TimeSpan Patience)> Revocations { get; } = [];

    /// <summary>How many refresh calls were made.</summary>
    public int Refreshes => _refreshes;

    public List<AuthorizationRequest> SignIns { get; } = [];

    public List<(AuthorizationCode Code, string Verifier)> Codes { get; } = [];

    /// <summary>The next refresh call, once it is made.</summary>
    public Task<RefreshCall> NextCallAsync() => _calls.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience.OfTests);

    public string? PromisedIssuer { get; set; }

    public string AuthorizationUrl(AuthorizationRequest request)
    {
        SignIns.Add(request);
        return $"https://auth.example.com/authorize?screen={request.ScreenHint}&state={request.State.Value}&challenge={request.CodeChallenge}";
    }

    public string? SignOutUrl(SignOutRequest request) =>
        request.SessionId is null ? null : $"https://auth.example.com/logout?session={request.SessionId}&return={request.ReturnTo}";

    public Task<CodeExchange> ExchangeCodeAsync(AuthorizationCode code, SignInState state, CancellationToken cancellationToken)
    {
        Codes.Add((code, state.CodeVerifier));
        return Task.FromResult(AnswerCode(code));
    }

    public Task<RefreshOutcome> RefreshAsync(RefreshGrant grant, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _refreshes);
        if (AnswerRefresh is { } answer)
        {
            return Task.FromResult(answer(grant));
        }

        var call = new RefreshCall(grant, cancellationToken);
        _calls.Writer.TryWrite(call);
        return call.Answer.Task;
    }

    public Task<RevocationOutcome> RevokeAsync(RefreshToken token, TimeSpan patience, CancellationToken cancellationToken)
    {
        Revocations.Add((token, patience));
        return Task.FromResult(AnswerRevocation);
    }
}
