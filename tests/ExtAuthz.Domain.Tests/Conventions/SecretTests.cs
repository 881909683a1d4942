using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using ExtAuthz.Domain.Headers;
using ExtAuthz.Domain.Routes;

namespace ExtAuthz.Domain.Tests.Conventions;

/// <summary>Threat 31 of the threat model: a value that holds a secret does not print it.</summary>
public sealed class SecretTests
{
    private const string Canary = "canary";

    /// <summary>A path may be printed, its query never.</summary>
    private const string Planted = "/printable?" + Canary;

    /// <summary>Configuration without secrets.</summary>
    private static readonly ImmutableArray<Type> Configuration = [typeof(PathPattern), typeof(IdentityHeaderNames)];

    /// <summary>What a type may print of itself: names, ids and causes that are no secrets.</summary>
    private static readonly ImmutableHashSet<string> Printable =
    [
        "Allowed", "AuthenticationMethod", "BackChannelLogoutPath", "CallbackPath", "Cause", "CodeChallenge", "Denied.Body", "Domain", "Error", "Fault", "Fix", "FrontChannelLogoutPath", "Header", "Host", "Id",
        "Message", "Method", "Name", "OrganizationError", "OrganizationId", "Page.Code", "Page.FramedBy", "Page.Link", "Page.LinkText", "PageForm.Text", "Path", "PublicOrigin", "RedirectUri", "RequestId", "Role",
        "SessionId", "SessionPath", "SignInPath", "SignOutPath", "SignUpPath", "SignUpPathsHeader", "SessionIdentity.UserId", "Site.Issuer", "Site.ReturnPathname", "Site.SignOutReturnTo", "Subject", "SwitchOrganizationPath", "Title",
    ];

    public static TheoryData<Type> Records => [.. typeof(CheckDecision).Assembly.GetTypes().Where(IsValueWithText)];

    [Theory, MemberData(nameof(Records))]
    public void A_value_prints_no_secret(Type type)
    {
        var value = RuntimeHelpers.GetUninitializedObject(type);
        var planted = Plant(value, type, depth: 0);

        planted.ShouldBeTrue($"{type} has no text to hide and need not be here");
        $"{value}".ShouldNotContain(Canary);
    }

    [Theory]
    [InlineData("AccessToken", "Value")]
    [InlineData("RefreshToken", "Value")]
    [InlineData("LogoutToken", "Value")]
    [InlineData("RequestBody", "Text")]
    [InlineData("AuthorizationCode", "Value")]
    [InlineData("SealedSession", "Value")]
    [InlineData("SealedState", "Value")]
    [InlineData("SignInState", "CodeVerifier")]
    [InlineData("CallbackParameters", "Code")]
    [InlineData("CallbackParameters", "State")]
    [InlineData("SessionUser", "Json")]
    [InlineData("SignInRedirect", "Location")]
    [InlineData("HeaderValue", "Value")]
    [InlineData("ResponseHeader", "Value")]
    [InlineData("RequestTarget", "Query")]
    public void Every_secret_is_among_them(string type, string property)
    {
        var found = Records.Select(row => row.Data).Single(candidate => candidate.Name.Equals(type, StringComparison.Ordinal));

        found.GetProperty(property).ShouldNotBeNull();
        Printable.ShouldNotContain(name => name == property || name == $"{type}.{property}");
    }

    private static bool IsValueWithText(Type type) =>
        type is { IsAbstract: false, IsInterface: false, IsEnum: false, IsByRefLike: false, ContainsGenericParameters: false }
        && type.Namespace?.StartsWith("ExtAuthz", StringComparison.Ordinal) == true
        && !type.IsDefined(typeof(CompilerGeneratedAttribute))
        && (type.IsValueType || type.GetMethod("<Clone>$") is not null)
        && !Configuration.Contains(type)
        && Plant(RuntimeHelpers.GetUninitializedObject(type), type, depth: 0);

    /// <summary>Writes the canary into every text that must not be printed, however deep; says whether there is one.</summary>
    private static bool Plant(object value, Type type, int depth)
    {
        var planted = false;
        for (var part = type; part is not null && part != typeof(object); part = part.BaseType)
        {
            foreach (var field in part.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                planted |= Plant(value, field, depth);
            }
        }

        return planted;
    }

    private static bool Plant(object value, FieldInfo field, int depth)
    {
        var name = field.Name.Split('<', '>') is [_, var property, _] ? property : field.Name;
        var kind = Nullable.GetUnderlyingType(field.FieldType) ?? field.FieldType;
        if (kind == typeof(string))
        {
            var isSecret = !Printable.Contains(name) && !Printable.Contains($"{field.DeclaringType!.Name}.{name}");
            field.SetValue(value, isSecret ? Planted : "printable");
            return isSecret;
        }

        if (kind == typeof(ImmutableArray<string>))
        {
            field.SetValue(value, ImmutableArray.Create(Planted));
            return true;
        }

        if (depth > 4 || Configuration.Contains(kind) || kind.IsAbstract || kind.IsEnum || kind.IsByRefLike || kind.Namespace?.StartsWith("ExtAuthz", StringComparison.Ordinal) != true)
        {
            return false;
        }

        var part = RuntimeHelpers.GetUninitializedObject(kind);
        var planted = Plant(part, kind, depth + 1);
        field.SetValue(value, part);
        return planted;
    }
}
