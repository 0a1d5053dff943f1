using System.Globalization;
using Dlm.Dsl;
using Dlm.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Severity = Dlm.Dsl.Diagnostics.Severity;

namespace Dlm.Generator.Tests;

/// <summary>Whatever a model is changed into: where the compiler finds no error, the C# compiler finds nothing either.</summary>
public sealed class FuzzTests
{
    // For a longer look: DLM_FUZZ_ROUNDS=20000 DLM_FUZZ_SEED=1.
    private static readonly int rounds = Setting("DLM_FUZZ_ROUNDS", 600);
    private static readonly int seed = Setting("DLM_FUZZ_SEED", 2026);

    [Fact]
    public void WhatHasNoErrorIsCSharpWithoutAWarning()
    {
        var mutations = new ModelMutations(Corpus.Texts, seed);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var trees = new List<SyntaxTree>();
        var faults = new List<string>();
        for (var i = 0; i < rounds; i++)
        {
            var text = mutations.Next();
            var name = string.Create(CultureInfo.InvariantCulture, $"F{i}");
            var compiled = DlmCompiler.Compile(DlmCompiler.Parse(name + ".dlm", text), default, new CompilerOptions(name));
            if (compiled.Diagnostics.FirstOrDefault(d => d.Id == "DLM0999") is { } fault) faults.Add($"{fault}\nin\n{text}");
            // What an extern fn does is written in C# by hand.
            if (compiled.Sources is not [var source] || text.Contains("extern fn", StringComparison.Ordinal)) continue;
            Assert.DoesNotContain(compiled.Diagnostics, d => d.Severity == Severity.Error);
            texts[name] = text;
            trees.Add(CSharpSyntaxTree.ParseText(source.Text, path: name));
        }
        // Enough of them have to be models for this to say anything.
        Assert.InRange(trees.Count, rounds / 20, rounds);

        var compilation = CSharpCompilation.Create(
            "Fuzz", trees, References.All, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var problems = compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning)
            .GroupBy(d => d.Location.SourceTree?.FilePath ?? "")
            .Select(g => $"{string.Join("\n", g.Take(3).Select(d => $"{d.Id} {d.GetMessage(CultureInfo.InvariantCulture)}: {LineOf(d)}"))}\nin\n{texts.GetValueOrDefault(g.Key)}")
            .Concat(faults)
            .ToList();
        Assert.True(problems.Count == 0, $"{problems.Count} of {trees.Count} models:\n{string.Join("\n\n", problems.Take(10))}");
    }

    private static string LineOf(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree?.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim() ?? "";

    private static int Setting(string name, int value) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : value;
}
