using System.Globalization;
using System.Reflection;

namespace Dlm.Torch.Tests;

/// <summary>Writes members as the committed list of TorchSharp's own does, one a line.</summary>
internal static class ApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Every type and member of an assembly that code outside of it can name.</summary>
    internal static IEnumerable<string> Lines(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(IsVisible))
        {
            var owner = FullName(type);
            yield return $"T {owner} : {(type.BaseType is null ? "" : Name(type.BaseType))}{(type.IsAbstract ? " abstract" : "")}{(type.IsSealed ? " sealed" : "")}";
            foreach (var constructor in type.GetConstructors(Declared).Where(c => !c.IsStatic && IsVisible(c)))
                yield return $"C {owner}::{Access(constructor)}ctor({Parameters(constructor)})";
            foreach (var method in type.GetMethods(Declared).Where(m => IsVisible(m) && !m.Name.Contains('<')))
                yield return $"M {owner}::{Access(method)}{(method.IsStatic ? "static " : "")}{(method.IsVirtual ? "virtual " : "")}" +
                    $"{Name(method.ReturnType)} {method.Name}{Generics(method.GetGenericArguments())}({Parameters(method)})";
            foreach (var field in type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly))
                yield return $"F {owner}::{(field.IsPublic ? "" : "protected ")}{Name(field.FieldType)} {field.Name}";
        }
    }

    private static bool IsVisible(Type type) => type.IsNested
        ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)
        : type.IsPublic;

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string FullName(Type type) => type.Namespace + "." + Nested(type) + Generics(type.GetGenericArguments());

    /// <summary>A type as it is written where it is used: nested names without the outermost class torch.</summary>
    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter)
            return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Name(underlying) + "?";
        var name = Nested(type);
        return (name.StartsWith("torch.", StringComparison.Ordinal) ? name["torch.".Length..] : name) + Generics(type.GetGenericArguments());
    }

    private static string Nested(Type type)
    {
        var name = type.Name.Split('`')[0];
        return type.IsNested && !type.IsGenericParameter ? Nested(type.DeclaringType!) + "." + name : name;
    }

    private static string Generics(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(",", arguments.Select(Name))}>";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter) =>
        (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : parameter.ParameterType.IsByRef ? "ref " : "") +
        $"{Name(parameter.ParameterType)} {parameter.Name}" + (parameter.HasDefaultValue ? "=" + Default(parameter.RawDefaultValue) : "");

    private static string Default(object? value) => value switch
    {
        null => "null",
        Enum number => Convert.ToInt64(number, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
