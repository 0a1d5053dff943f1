using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Dlm.Dsl;
using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Elaboration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dlm.Cli.Testing;

/// <summary>The C# of files, compiled in memory and loaded.</summary>
internal sealed class CompiledFiles(Assembly assembly)
{
    /// <summary>Compiles what the compiler made.</summary>
    public static CompiledFiles Of(IReadOnlyList<CompiledFile> files)
    {
        if (files.SelectMany(f => f.Diagnostics).Where(d => d.Severity == Severity.Error).ToArray() is { Length: > 0 } errors) throw new CommandException($"It does not compile.\n{string.Join("\n", errors.Select(e => e.ToString()))}");
        // A type that is local to a file needs a file with a path of its own.
        SyntaxTree[] trees = [.. files.SelectMany(f => f.Sources).Select((s, i) => CSharpSyntaxTree.ParseText(s.Text, path: $"{i}/{s.HintName}"))];
        var compilation = CSharpCompilation.Create(
            "Dlm.Tested",
            trees.Concat(trees.SelectMany(Missing)),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        if (!emitted.Success)
        {
            var first = emitted.Diagnostics.First(d => d.Severity == DiagnosticSeverity.Error);
            throw new CommandException($"Its C# does not compile: {first.GetMessage(CultureInfo.InvariantCulture)}");
        }
        image.Position = 0;
        return new CompiledFiles(new AssemblyLoadContext("tested").LoadFromStream(image));
    }

    /// <summary>The only constructor of a class.</summary>
    public ConstructorInfo Constructor(string @namespace, string name) =>
        assembly.GetType(@namespace.Length == 0 ? name : $"{@namespace}.{name}", throwOnError: true)!.GetConstructors().Single();

    /// <summary>Says that a graph needs C# that only its project has.</summary>
    public static void RefuseForeign(Region body, string name)
    {
        if (body.Leaves().Any(leaf => leaf.Node is ExternNode))
        {
            throw new CommandException($"'{name}' calls an extern fn, whose C# this command has not. Test it in a project of tests, with ModelTests<{name}>.");
        }
    }

    /// <summary>What a constructor is called with: the values given for its first parameters, and the defaults of the others.</summary>
    public static object?[] Arguments(ConstructorInfo constructor, string name, params object?[] given) =>
    [
        .. given,
        .. constructor.GetParameters().Skip(given.Length).Select(p => p.HasDefaultValue ? p.DefaultValue : throw new CommandException($"'{name}' needs a value for '{p.Name}': --arg {p.Name}=...")),
    ];

    // Functions whose body is C# that other models of the files call: a partial method must have one.
    private static IEnumerable<SyntaxTree> Missing(SyntaxTree tree)
    {
        foreach (var method in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Where(m => m.Body is null && m.ExpressionBody is null && m.Modifiers.Any(SyntaxKind.PartialKeyword)))
        {
            var @namespace = method.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault() is { } scope ? $"namespace {scope.Name};\n" : "";
            var body = method.WithoutTrivia().WithAttributeLists(default).ToString().TrimEnd(';');
            yield return CSharpSyntaxTree.ParseText($"#nullable enable\n{@namespace}public static partial class {ExternFunction.ClassName} {{ {body} => throw new global::System.NotSupportedException(); }}");
        }
    }
}
