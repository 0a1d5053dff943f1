using System.Globalization;
using Dlm.Dsl;
using Dlm.Dsl.Text;

namespace Dlm.Benchmarks.Compiler;

/// <summary>The files of a project, compiled as a front of the compiler does it.</summary>
internal sealed class Project
{
    private readonly CompilerOptions options;
    private readonly Dictionary<string, ParsedFile> files;
    private readonly ProjectIndex index;

    /// <summary>Parses the files.</summary>
    public Project((string Path, string Text)[] texts, CompilerOptions options)
    {
        this.options = options;
        files = texts.ToDictionary(t => t.Path, t => DlmCompiler.Parse(t.Path, t.Text), StringComparer.Ordinal);
        index = new ProjectIndex(files.Values.Select(DlmCompiler.Summarize).ToEquatableArray(), options.RootNamespace);
    }

    /// <summary>Compiles one of them.</summary>
    public void Compile(string path)
    {
        var imports = index.ImportsOf(path).Select(p => files[p]).ToEquatableArray();
        var compiled = DlmCompiler.Compile(files[path], imports, options);
        if (compiled.Diagnostics.FirstOrDefault(d => d.Severity == Dlm.Dsl.Diagnostics.Severity.Error) is { } error) throw new InvalidOperationException(error.ToString());
    }

    /// <summary>From texts to C#: nothing is kept from the run before.</summary>
    public static void Compile((string Path, string Text)[] texts, CompilerOptions options)
    {
        var project = new Project(texts, options);
        foreach (var (path, _) in texts) project.Compile(path);
    }

    /// <summary>The files over and over, each round of them, whole, in namespaces of its own: they use one another.</summary>
    public static (string Path, string Text)[] Copies((string Path, string Text)[] files, int rounds) => Enumerable.Range(0, rounds * files.Length).Select(i =>
    {
        var (path, text) = files[i % files.Length];
        var round = string.Create(CultureInfo.InvariantCulture, $"Copy{i / files.Length}.");
        return (round + path.Replace('/', '.'), text.Replace("namespace ", "namespace " + round, StringComparison.Ordinal).Replace("\nuse ", "\nuse " + round, StringComparison.Ordinal));
    }).ToArray();
}
