using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Dlm.Dsl.Emission;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TorchSharp;

namespace Dlm.Operators.Tests;

/// <summary>Runs a form: the tensors, the numbers, whether it trains, and who is told of the layer that it makes.</summary>
public delegate object RunForm(torch.Tensor[] x, object[] a, bool training, Action<torch.nn.Module> made);

/// <summary>The forms of all drawn calls, compiled at once: a method each.</summary>
internal sealed class CompiledForms
{
    private const int MethodsInClass = 500;

    private readonly Dictionary<string, RunForm> methods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> errors = new(StringComparer.Ordinal);

    /// <summary>Compiles them; what C# refuses is kept by its message.</summary>
    public CompiledForms(IReadOnlyCollection<CallForm> forms)
    {
        var codes = forms.Select(form => form.Code).Distinct().ToArray();
        var helpers = CSharpSyntaxTree.ParseText(
            $"#nullable enable\ninternal static class {HelperClass.Name} {{\n{string.Join("\n", forms.SelectMany(form => form.Helpers).Distinct())}\n}}\n"
            + string.Concat(forms.SelectMany(form => form.Layers).Distinct().Select(layer => $"internal {layer}\n")));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("Forms", [], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        while (true)
        {
            var numbered = codes.Select((code, i) => (Code: code, Name: $"F{i}")).ToArray();
            var sources = numbered.Chunk(MethodsInClass).Select((chunk, i) => CSharpSyntaxTree.ParseText(Source($"Forms{i}", chunk))).ToArray();
            using var image = new MemoryStream();
            var emitted = compilation.AddSyntaxTrees([.. sources, helpers]).Emit(image);
            var broken = emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToArray();
            Assert.DoesNotContain(broken, error => error.Location.SourceTree == helpers);
            foreach (var error in broken)
            {
                // A method is a line.
                var (tree, line) = (Array.IndexOf(sources, error.Location.SourceTree), error.Location.GetLineSpan().StartLinePosition.Line);
                errors.TryAdd(codes[tree * MethodsInClass + line - 1], error.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
            }
            codes = codes.Where(code => !errors.ContainsKey(code)).ToArray();
            if (broken.Length > 0) continue;

            image.Position = 0;
            var assembly = new AssemblyLoadContext("forms", isCollectible: false).LoadFromStream(image);
            foreach (var (code, name) in numbered)
            {
                var method = assembly.GetType($"Forms{int.Parse(name[1..], null) / MethodsInClass}", throwOnError: true)!.GetMethod(name, BindingFlags.Public | BindingFlags.Static)!;
                methods[code] = method.CreateDelegate<RunForm>();
            }
            return;
        }
    }

    /// <summary>What C# says against a form; null where it compiles.</summary>
    public string? ErrorOf(string code) => errors.GetValueOrDefault(code);

    /// <summary>The method of a form that compiles.</summary>
    public RunForm MethodOf(string code) => methods[code];

    private static string Source(string name, IEnumerable<(string Code, string Name)> forms)
    {
        var source = new StringBuilder($"public static class {name} {{\n");
        foreach (var form in forms)
        {
            source.Append($"public static object {form.Name}(global::TorchSharp.torch.Tensor[] x, object[] a, bool training, global::System.Action<global::TorchSharp.torch.nn.Module> made) {{ {form.Code} }}\n");
        }
        return source.Append("}\n").ToString();
    }
}
