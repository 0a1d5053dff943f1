using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Dlm.Cli.Models;
using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Elaboration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TorchSharp;

namespace Dlm.Cli.Testing;

/// <summary>A model's C#, compiled in memory and loaded.</summary>
internal sealed class CompiledModel
{
    private readonly ConstructorInfo constructor;
    private readonly object?[] arguments;

    private CompiledModel(ConstructorInfo constructor, string name)
    {
        this.constructor = constructor;
        arguments = [.. constructor.GetParameters().Select(p => p.HasDefaultValue ? p.DefaultValue : throw new CommandException($"'{name}' needs a value for '{p.Name}': --arg {p.Name}=..."))];
    }

    /// <summary>Makes it, with freshly drawn parameters.</summary>
    public torch.nn.Module Make() => (torch.nn.Module)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);

    /// <summary>Compiles the model's file, the files it needs, and the model with the arguments that the user gave.</summary>
    public static CompiledModel Of(ModelSource source)
    {
        if (source.Model.AtDefaults.Leaves().Any(leaf => leaf.Node is ExternNode))
        {
            throw new CommandException($"'{source.Model.Name}' calls an extern fn, whose C# this command has not. Test it in a project of tests, with ModelTests<{source.Model.Name}>.");
        }
        var (files, name) = source.Compile();
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
        var type = new AssemblyLoadContext("tested").LoadFromStream(image).GetType(name, throwOnError: true)!;
        return new CompiledModel(type.GetConstructors().Single(), source.Model.Name);
    }

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
