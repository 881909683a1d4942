namespace ExtAuthz.Demo.Providers;

/// <summary>Somebody who can sign in.</summary>
/// <param name="Id">The subject of their tokens.</param>
/// <param name="Email">Their address.</param>
/// <param name="Answers">What they write and press on the provider's pages, by the name of the control.</param>
/// <param name="Identity">What upstreams are told of them, by the name of the header.</param>
internal sealed record DemoUser(string Id, string Email, IReadOnlyDictionary<string, string> Answers, IReadOnlyDictionary<string, string> Identity);
