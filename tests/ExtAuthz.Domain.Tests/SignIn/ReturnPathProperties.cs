using System.Collections.Frozen;
using ExtAuthz.Domain.SignIn;
using ExtAuthz.Domain.Tests.Routes;
using FsCheck;
using FsCheck.Fluent;

namespace ExtAuthz.Domain.Tests.SignIn;

public sealed class ReturnPathProperties
{
    private const string Origin = "https://app.example.com";

    private static readonly FrozenSet<string> Endpoints = ["/auth/callback", "/auth/signin", "/auth/signout"];

    [Fact]
    public void A_return_path_starts_with_one_slash_and_has_no_control_or_backslash() => ForAllReturnPaths(path =>
        path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Any(character => character is <= ' ' or >= '\x7F' or '\\'));

    [Fact]
    public void A_return_path_leads_to_our_origin() => ForAllReturnPaths(path =>
        new Uri(new Uri(Origin), path).GetLeftPart(UriPartial.Authority) is Origin);

    [Fact]
    public void A_return_path_is_never_one_of_our_endpoints() => ForAllReturnPaths(path =>
        !Endpoints.Contains(Uri.UnescapeDataString(path.Split('?')[0]).TrimEnd('/')));

    [Fact]
    public void A_return_path_stays_what_it_is() => ForAllReturnPaths(path => string.Equals(From(path), path, StringComparison.Ordinal));

    private static string From(string? value) => ReturnPath.From(value, Origin, Endpoints).Value;

    private static void ForAllReturnPaths(Func<string, bool> holds) => Prop.ForAll(
        HostilePaths.Any.Generator.SelectMany(path => Gen.Elements(path, Origin + path)).ToArbitrary(), value => holds(From(value))).Check(HostilePaths.Thorough);
}
