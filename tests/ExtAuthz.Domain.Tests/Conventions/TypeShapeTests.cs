using System.Reflection;
using System.Runtime.CompilerServices;

namespace ExtAuthz.Domain.Tests.Conventions;

public sealed class TypeShapeTests
{
    private static readonly Type[] Types =
        [.. typeof(CheckDecision).Assembly.GetTypes().Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)) && type.Namespace?.StartsWith("ExtAuthz", StringComparison.Ordinal) == true)];

    [Fact]
    public void Every_class_is_sealed_or_static_or_a_closed_union() => Types
        .Where(type => type.IsClass && !type.IsSealed && !IsClosedUnion(type))
        .ShouldBeEmpty();

    [Fact]
    public void Every_case_of_a_union_stands_inside_it() => Types
        .Where(type => type.BaseType is { } union && Types.Contains(union) && type.DeclaringType != union)
        .ShouldBeEmpty();

    [Fact]
    public void Every_struct_is_immutable() => Types
        .Where(type => type is { IsValueType: true, IsEnum: false, IsByRefLike: false } && !type.IsDefined(typeof(IsReadOnlyAttribute)))
        .ShouldBeEmpty();

    [Fact]
    public void No_public_field_or_settable_property_can_change_a_value() => Types
        .Where(type => !type.IsEnum)
        .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(member => member switch
        {
            FieldInfo field => !field.IsLiteral && !field.IsInitOnly,
            PropertyInfo { SetMethod: { IsPublic: true } setter } => !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)),
            _ => false,
        })
        .Select(member => $"{member.DeclaringType}.{member.Name}")
        .ShouldBeEmpty();

    [Fact]
    public void Every_async_method_says_so_and_can_be_cancelled() => Types
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => IsAwaitable(method.ReturnType) && method.Name is not nameof(IAsyncDisposable.DisposeAsync) && method.DeclaringType!.IsPublic)
        .Where(method => !method.Name.EndsWith("Async", StringComparison.Ordinal) || method.GetParameters() is not [.., { ParameterType: var last }] || last != typeof(CancellationToken))
        .Select(method => $"{method.DeclaringType}.{method.Name}")
        .ShouldBeEmpty();

    private static bool IsClosedUnion(Type type) => type.IsAbstract
        && type.GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance).All(constructor => constructor.IsPrivate || IsCopyConstructor(constructor))
        && type.GetConstructors().Length == 0;

    // The compiler makes a record's copy constructor protected; it needs an instance, so it opens nothing.
    private static bool IsCopyConstructor(ConstructorInfo constructor) => constructor.GetParameters() is [{ ParameterType: var only }] && only == constructor.DeclaringType;

    private static bool IsAwaitable(Type type) => typeof(Task).IsAssignableFrom(type)
        || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));
}
