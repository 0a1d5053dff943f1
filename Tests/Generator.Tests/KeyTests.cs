using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Dlm.Dsl;
using Dlm.Dsl.Elaboration;
using Dlm.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static TorchSharp.torch;
using Severity = Dlm.Dsl.Diagnostics.Severity;

namespace Dlm.Generator.Tests;

/// <summary>Of whatever is a model, the keys that the compiler knows are those that its class has: of everything in the repository, of changes to it, and of repeats in many forms.</summary>
[Collection(nameof(Chance))]
public sealed class KeyTests
{
    private const int Mutants = 100;
    private const long MostParameters = 1_000_000;

    private const string Layers = """
        block Layer(d: int) : (x: [B, T, d], mask: bool[T, T]?) -> [B, T, d] {
          y = attention(x, x, x, mask: mask)
          y -> fc: linear(d)
        }

        block Plain(d: int) : (x: [B, T, d], y: [B, T, d]?) -> [B, T, d] { linear(d) -> relu }

        fn halved(x) = x / 2

        """;

    private static readonly string[] Turns =
    [
        "Layer(8, mask: causal_mask(T))", "mask = causal_mask(T)\n Layer(8, mask: mask)", "Plain(8, y: x * 2)", "Plain(8, y: halved(x))", "Plain(8, y: x -> linear(8))",
        "fc: linear(8)", "linear(8)", "linear(8) -> relu", "relu", "Plain(8) -> Plain(8)", "{ linear(8) }", "residual { linear(8) }", "repeat 2 { linear(8) }", "repeat 2 { Plain(8, y: x + 1) }",
        "checkpoint { Plain(8) }", "checkpoint { linear(8) -> relu }", "on cpu { linear(8) }", "shared", "if n > 1 then linear(8) else relu", "a: { linear(8) } -> b: linear(8)", "lstm(8)",
    ];

    [Fact]
    public void AreWhatTheCompilerSays()
    {
        var mutations = new ModelMutations(Corpus.Texts, seed: 7);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var trees = new List<SyntaxTree>();
        foreach (var text in Corpus.Texts.Concat(Turns.SelectMany(Repeated)).Concat(Enumerable.Range(0, Mutants).Select(_ => mutations.Next())))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"K{texts.Count}");
            var compiled = DlmCompiler.Compile(DlmCompiler.Parse(name + ".dlm", text), default, new CompilerOptions(name));
            // What an extern fn does is written in C# by hand.
            if (compiled.Sources is not [var source] || compiled.Diagnostics.Any(d => d.Severity == Severity.Error) || text.Contains("extern fn", StringComparison.Ordinal)) continue;
            texts[name] = text;
            trees.Add(CSharpSyntaxTree.ParseText(source.Text, path: name));
        }

        using var image = new MemoryStream();
        var emitted = CSharpCompilation.Create("Keys", trees, References.All, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)).Emit(image);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5)));
        image.Position = 0;
        var context = new AssemblyLoadContext("keys", isCollectible: true);
        var assembly = context.LoadFromStream(image);
        var (seen, wrong) = (0, new List<string>());
        foreach (var (name, text) in texts)
        {
            var models = DlmCompiler.Elaborate(DlmCompiler.Parse(name + ".dlm", text), default, new CompilerOptions(name)).Models;
            foreach (var model in models.Where(m => m.ParameterCount?.Value <= MostParameters))
            {
                seen++;
                if (Difference(model, assembly) is { } difference) wrong.Add($"{difference}\nin\n{text}");
            }
        }
        context.Unload();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {seen} models:\n{string.Join("\n\n", wrong.Take(10))}");
        Assert.InRange(seen, 2 * Turns.Length, int.MaxValue);
    }

    // With its count known and open, alone and within a group, where stages are counted.
    private static IEnumerable<string> Repeated(string turn) =>
        from count in (string[])["2", "i in 0..n as block"]
        from frame in (string[])["relu -> layers: {0}", "body: {{\n relu -> {0} -> linear(8)\n}}"]
        select $"{Layers}model A(n: int = 2) : (x: [B, T, 8]) -> [B, T, 8] {{\nlayer shared = linear(8)\nx -> shared\n{string.Format(CultureInfo.InvariantCulture, frame, $"repeat {count} {{ {turn} }}")}\n}}\n";

    private static string? Difference(ElaboratedModel model, Assembly assembly)
    {
        using var scope = NewDisposeScope();
        var constructor = assembly.GetType($"{model.Class.Namespace}.{model.Name}", throwOnError: true)!.GetConstructors().Single();
        using var module = (nn.Module)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [.. constructor.GetParameters().Select(parameter => parameter.DefaultValue)], null);
        string[] said = [.. model.State.Select(entry => $"{entry.Key} [{string.Join<object>(", ", entry.Weight.Dims)}]").Order(StringComparer.Ordinal)];
        string[] has = [.. module.state_dict().Select(entry => $"{entry.Key} [{string.Join(", ", entry.Value.shape)}]").Order(StringComparer.Ordinal)];
        return said.SequenceEqual(has) ? null : $"the compiler says {string.Join(", ", said.Except(has).Take(4))}, {model.Name} has {string.Join(", ", has.Except(said).Take(4))}";
    }
}
