using System.Collections.Immutable;

namespace ExtAuthz.Domain.Routes;

/// <summary>A path of ours that is answered here.</summary>
/// <param name="Route">Where it leads.</param>
/// <param name="Methods">The methods that it answers, as sent; none stands for every method.</param>
internal sealed record Endpoint(Route Route, params ImmutableArray<string> Methods)
{
    private readonly Route _wrongMethod = new Route.WrongMethod(string.Join(", ", Methods));

    /// <summary>The route of a request with this method.</summary>
    public Route For(string method) => Methods.IsEmpty || Methods.Contains(method, StringComparer.Ordinal) ? Route : _wrongMethod;
}
