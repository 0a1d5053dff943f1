using System.Collections.Immutable;
using System.Text;
using Dlm.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Dlm.Benchmarks.Compiler;

/// <summary>What an edit costs in the driver that the C# compiler and editors run generators with.</summary>
internal static class IncrementalBenchmark
{
    /// <summary>Measures edits in a project of <paramref name="files"/> and two more, of which one uses a block of the other.</summary>
    public static void Run((string Path, string Text)[] files)
    {
        var texts = files.Append(("Layer.dlm", Layer(0))).Append(("User.dlm", "model User : [B, 8] -> [B, 2] {\n  Layer(4)\n  linear(2)\n}\n"))
            .Select(file => (AdditionalText)new Text(file.Item1, file.Item2)).ToImmutableArray();
        // Without references to TorchSharp and the runtime nothing is emitted, so a name is enough.
        var torch = CSharpCompilation.Create("TorchSharp").ToMetadataReference();
        var runtime = CSharpCompilation.Create("Dlm.Runtime").ToMetadataReference();
        var core = MetadataReference.CreateFromFile(typeof(object).Assembly.Location);
        var compilation = CSharpCompilation.Create("Benchmark", [CSharpSyntaxTree.ParseText("class C;")], [core, torch, runtime]);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new DlmGenerator().AsSourceGenerator()], texts);
        driver = driver.RunGenerators(compilation);
        if (driver.GetRunResult().GeneratedTrees.Length != texts.Length) throw new InvalidOperationException("The files do not compile.");

        var edits = 0;
        var at = texts.Length - 2;
        var name = $"in a project of {texts.Length} files, an edit of";
        Table.Row($"{name} a file with one importer", () => driver = driver.RunGenerators(compilation), () => Edit(at, "Layer.dlm", Layer(++edits)));
        Table.Row($"{name} a zoo file", () => driver = driver.RunGenerators(compilation), () => Edit(0, files[0].Path, files[0].Text + new string('\n', ++edits)));
        Table.Row($"{name} unrelated C#", () => driver = driver.RunGenerators(compilation), () => compilation = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], CSharpSyntaxTree.ParseText($"class C{++edits};")));

        void Edit(int index, string path, string text)
        {
            var edited = new Text(path, text);
            driver = driver.ReplaceAdditionalText(texts[index], edited);
            texts = texts.SetItem(index, edited);
        }
    }

    private static string Layer(int edit) => $"block Layer(width: int) : [B, D] -> [B, width] {{\n  linear(width + {edit % 7}) -> relu -> linear(width)\n}}\n";

    private sealed class Text(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);
    }
}
