using Envoy.Service.Auth.V3;
using Google.Protobuf.WellKnownTypes;

namespace ExtAuthz.Edge.Authorization;

/// <summary>How Envoy reads an answer of the authorization service (<c>ext_authz_grpc_impl.cc</c>).</summary>
internal abstract record CheckOutcome
{
    private CheckOutcome()
    {
    }

    /// <summary>What the answer says for later filters and the access log, or null.</summary>
    public Struct? DynamicMetadata { get; init; }

    public sealed record Allowed(OkHttpResponse Response) : CheckOutcome;

    public sealed record Denied(DeniedHttpResponse Response) : CheckOutcome;

    /// <summary>No decision was reached: <c>failure_mode_allow</c> and <c>status_on_error</c> decide.</summary>
    /// <param name="Reason">Why, for the log.</param>
    /// <param name="Response">The <c>error_response</c> of the service, if it sent one.</param>
    public sealed record Failed(string Reason, DeniedHttpResponse? Response = null) : CheckOutcome;

    /// <summary>Code 0 allows, and an absent status is code 0; the part of the answer that does not fit the code is ignored.</summary>
    public static CheckOutcome From(CheckResponse response)
    {
        var isAllowed = (response.Status?.Code ?? 0) == 0;
        CheckOutcome outcome = response.HttpResponseCase switch
        {
            CheckResponse.HttpResponseOneofCase.OkResponse when isAllowed => new Allowed(response.OkResponse),
            _ when isAllowed => new Allowed(new OkHttpResponse()),
            CheckResponse.HttpResponseOneofCase.ErrorResponse =>
                new Failed("the service answered with error_response", response.ErrorResponse),
            CheckResponse.HttpResponseOneofCase.DeniedResponse => new Denied(response.DeniedResponse),
            _ => new Denied(new DeniedHttpResponse()),
        };

#pragma warning disable CS0612 // The deprecated field wins over its successor in Envoy too.
        var deprecated = (outcome as Allowed)?.Response.DynamicMetadata;
#pragma warning restore CS0612
        return outcome with { DynamicMetadata = deprecated ?? response.DynamicMetadata };
    }
}
