using Dlm.Dsl;
using Dlm.Dsl.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using DlmDiagnostic = Dlm.Dsl.Diagnostics.Diagnostic;

namespace Dlm.Docs.Tests;

/// <summary>Compiles what a page shows, as a project of a reader would.</summary>
internal static class SnippetCompiler
{
    // What a project with implicit usings has, and what the pages write without saying where it is from.
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private const string FragmentUsings = """
        using Dlm.Models.Generative;
        using Dlm.Models.Vision;
        using Dlm.Runtime.Data;
        using Dlm.Runtime.Distributed;
        using Dlm.Runtime.FineTuning;
        using Dlm.Runtime.Logging;
        using Dlm.Runtime.Metrics;
        using Dlm.Runtime.Optimizers;
        using Dlm.Runtime.Training;
        using Dlm.Runtime.Weights;
        using TorchSharp;
        using static TorchSharp.torch;

        """;

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Compiles <c>.dlm</c> snippets as one project: the C#, and what the compiler has to say.</summary>
    public static (IReadOnlyList<string> CSharp, IReadOnlyList<DlmDiagnostic> Diagnostics) CompileDlm(params IEnumerable<Snippet> snippets)
    {
        var files = snippets.Select(snippet => DlmCompiler.Parse(snippet.FileName, snippet.Text)).ToDictionary(file => file.Path);
        var index = new ProjectIndex(files.Values.Select(DlmCompiler.Summarize).ToEquatableArray());
        var compiled = files.Values
            .Select(file => DlmCompiler.Compile(file, index.ImportsOf(file.Path).Select(path => files[path]).ToEquatableArray(), new CompilerOptions("Page")))
            .ToArray();
        return ([.. compiled.SelectMany(file => file.Sources).Select(source => source.Text)], [.. compiled.SelectMany(file => file.Diagnostics)]);
    }

    /// <summary>Compiles C# with what the page's models became; gives what the C# compiler has to say, warnings too, a line each.</summary>
    public static string CompileCSharp(Snippet? snippet, IReadOnlyList<string> models)
    {
        var trees = models.Append(Usings).Select((code, i) => CSharpSyntaxTree.ParseText(code, path: $"{i}.cs")).ToList();
        if (snippet is not null) trees.Add(CSharpSyntaxTree.ParseText(Program(snippet, models), path: $"line {snippet.Line}"));
        var isProgram = trees[^1].GetCompilationUnitRoot().Members.Any(SyntaxKind.GlobalStatement);
        var options = new CSharpCompilationOptions(
            isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            // A page's model may have the name of one in the zoo.
            specificDiagnosticOptions: [new("CS0436", ReportDiagnostic.Suppress)]);
        var compilation = CSharpCompilation.Create("Page", trees, References, options);
        using var image = new MemoryStream();
        return string.Join("\n", compilation.Emit(image).Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning));
    }

    private static string Program(Snippet snippet, IReadOnlyList<string> models)
    {
        if (!snippet.IsFragment) return snippet.Text;
        var parameters = snippet.Words["fragment".Length..].Trim();
        // Inside the page's own namespace, so that its models come before those of the zoo.
        var own = models.Select(code => CSharpSyntaxTree.ParseText(code).GetCompilationUnitRoot().Members[0]).OfType<BaseNamespaceDeclarationSyntax>();
        return $$"""
            #pragma warning disable CS8019
            {{FragmentUsings}}
            namespace {{own.FirstOrDefault()?.Name.ToString() ?? "Page"}};

            internal static class Fragment
            {
                internal static void Run{{(parameters.Length > 0 ? parameters : "()")}}
                {
            #line {{snippet.Line + 1}} "page"
            {{snippet.Text}}
                }
            }
            """;
    }
}
