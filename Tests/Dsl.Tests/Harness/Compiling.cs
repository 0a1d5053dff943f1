using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Elaboration;

namespace Dlm.Dsl.Tests.Harness;

/// <summary>Short ways into the compiler, for one file that imports nothing.</summary>
internal static class Compiling
{
    public static readonly CompilerOptions Options = new("Project");

    public static ParsedFile Parse(string source, string path = "test.dlm") => DlmCompiler.Parse(path, source);

    public static CompiledFile Compile(string source, string path = "test.dlm") =>
        DlmCompiler.Compile(Parse(source, path), default, Options);

    /// <summary>The diagnostics, spelling first mistake first.</summary>
    public static IReadOnlyList<Diagnostic> Diagnose(string source) => Compile(source).Diagnostics;

    /// <summary>The one model of a file without mistakes.</summary>
    public static ElaboratedModel Model(string source)
    {
        var file = DlmCompiler.Elaborate(Parse(source));
        Assert.DoesNotContain(file.Diagnostics, d => d.Severity == Severity.Error);
        return Assert.Single(file.Models);
    }

    /// <summary>The C# of a file without errors.</summary>
    public static string CSharp(string source)
    {
        var compiled = Compile(source);
        Assert.DoesNotContain(compiled.Diagnostics, d => d.Severity == Severity.Error);
        return Assert.Single(compiled.Sources).Text;
    }

    /// <summary><c>4,17: DLM0101 There is no ...</c>, each on its lines: what tables of mistakes hold.</summary>
    public static string Listed(IEnumerable<Diagnostic> diagnostics) =>
        string.Join("\n", diagnostics.Select(d => $"{d.Start.Line + 1},{d.Start.Column + 1}: {d.Id} {d.Message.ReplaceLineEndings("\n")}"));
}
