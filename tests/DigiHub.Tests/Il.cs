using System.Reflection;
using System.Reflection.Emit;

namespace DigiHub.Tests;

/// <summary>
/// The types that compiled code names, for tests of the architecture: a check of source text can be bypassed by another spelling
/// (new(), a partial name, an alias), a check of compiled code cannot. Constants of others are copied by the compiler and
/// leave no trace here.
/// </summary>
public static class Il
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>The type a person wrote: lambdas and state machines stand inside it.</summary>
    public static Type Written(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }

    /// <summary>Every type of the assembly in which new objects of this type are made, by whatever spelling.</summary>
    public static IReadOnlyList<string> MakersOf(Type made, Assembly assembly) =>
    [
        .. (from type in assembly.GetTypes()
            from method in MethodsOf(type)
            from mention in MentionsIn(method)
            where mention.Member is ConstructorInfo constructor && constructor.DeclaringType == made && mention.Code == OpCodes.Newobj
            select Written(type).FullName!).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Every type of the assembly in which a method is called that fits.</summary>
    public static IReadOnlyList<string> CallersOf(Func<MethodInfo, bool> called, Assembly assembly) =>
    [
        .. (from type in assembly.GetTypes()
            from method in MethodsOf(type)
            from mention in MentionsIn(method)
            where mention.Member is MethodInfo member && called(member)
            select Written(type).FullName!).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Every type of the assembly that hands a value of this type to somebody who takes any object.</summary>
    public static IReadOnlyList<string> BoxersOf(Type boxed, Assembly assembly) =>
    [
        .. (from type in assembly.GetTypes()
            from method in MethodsOf(type)
            from mention in MentionsIn(method)
            where mention.Code == OpCodes.Box && mention.Member as Type == boxed
            select Written(type).FullName!).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// The types that a type names in its signatures, fields, attributes and code, those of its type arguments among them.
    /// </summary>
    public static IEnumerable<Type> TypesNamedBy(Type type) =>
        Named(type).Where(named => named is not null).SelectMany(named => Flat(named!)).Distinct();

    private static IEnumerable<Type?> Named(Type type)
    {
        yield return type.BaseType;
        foreach (var one in type.GetInterfaces()
            .Concat(type.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints())))
            yield return one;
        foreach (var attribute in CustomAttributeData.GetCustomAttributes(type))
        {
            yield return attribute.AttributeType;
            foreach (var argument in attribute.ConstructorArguments.Where(argument => argument.Value is Type))
                yield return (Type)argument.Value!;
        }

        foreach (var field in type.GetFields(All))
            yield return field.FieldType;
        foreach (var method in MethodsOf(type))
        {
            foreach (var one in Signature(method).Concat(method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? []))
                yield return one;
            foreach (var (_, member) in MentionsIn(method))
            {
                yield return member as Type ?? member.DeclaringType;
                if (member is MethodBase called)
                {
                    foreach (var one in Signature(called))
                        yield return one;
                }
                else if (member is FieldInfo read)
                {
                    yield return read.FieldType;
                }
            }
        }
    }

    private static IEnumerable<Type?> Signature(MethodBase method) =>
        [.. method.GetParameters().Select(parameter => parameter.ParameterType), (method as MethodInfo)?.ReturnType,
            .. method.IsGenericMethod ? method.GetGenericArguments() : []];

    private static IEnumerable<MethodBase> MethodsOf(Type type) => [.. type.GetMethods(All), .. type.GetConstructors(All)];

    private static IEnumerable<Type> Flat(Type type) => type switch
    {
        { HasElementType: true } => Flat(type.GetElementType()!),
        { IsGenericType: true } => type.GetGenericArguments().SelectMany(Flat).Prepend(type.GetGenericTypeDefinition()),
        _ => [type],
    };

    private static IEnumerable<(OpCode Code, MemberInfo Member)> MentionsIn(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il)
            yield break;
        var ofType = method.DeclaringType is { IsGenericType: true } declaring ? declaring.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < il.Length;)
        {
            var code = il[at] == 0xFE ? codes[unchecked((short)(0xFE00 | il[at + 1]))] : codes[il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType
                && method.Module.ResolveMember(BitConverter.ToInt32(il, at), ofType, ofMethod) is { } member)
                yield return (code, member);
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
                _ => 4,
            };
        }
    }
}
