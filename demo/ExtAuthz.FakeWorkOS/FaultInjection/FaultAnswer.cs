using System.Text.Json.Serialization;

namespace ExtAuthz.FakeWorkOS.FaultInjection;

/// <summary>A wrong answer in place of the right one; in JSON <c>{"kind":"status","code":503}</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Status), "status")]
[JsonDerivedType(typeof(Html), "html")]
[JsonDerivedType(typeof(Unreadable), "unreadable")]
[JsonDerivedType(typeof(Huge), "huge")]
public abstract record FaultAnswer
{
    private FaultAnswer() { }

    /// <summary>The call is refused before any work: WorkOS' error body for the status; 400 is <c>invalid_grant</c> unless <paramref name="Error"/> says otherwise.</summary>
    public sealed record Status(int Code, string? Error = null, TimeSpan? RetryAfter = null) : FaultAnswer;

    /// <summary>The call is refused before any work, by a gateway's HTML page.</summary>
    public sealed record Html(int Code = 502) : FaultAnswer;

    /// <summary>The work is done, then 200 with JSON that breaks off.</summary>
    public sealed record Unreadable : FaultAnswer;

    /// <summary>The work is done, then 200 with 8 MiB of JSON.</summary>
    public sealed record Huge : FaultAnswer;
}
