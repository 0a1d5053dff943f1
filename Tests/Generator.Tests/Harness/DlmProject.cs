using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Dlm.Generator.Tests.Harness;

/// <summary>A project in memory, with one generator that lives as long as it does, as in an editor.</summary>
internal sealed class DlmProject
{
    /// <summary>The folder that paths without one are taken to be in.</summary>
    public const string Directory = "/project/";

    private readonly List<AdditionalText> texts = [];
    private readonly Dictionary<string, string> libraries = new(StringComparer.Ordinal);
    private GeneratorDriver driver;

    /// <summary>A project of <paramref name="files"/>, in this order.</summary>
    public DlmProject(params IEnumerable<(string Path, string Text)> files)
        : this("Project", files)
    {
    }

    /// <summary>A project whose files are in <paramref name="rootNamespace"/> unless they say otherwise.</summary>
    public DlmProject(string rootNamespace, params IEnumerable<(string Path, string Text)> files)
    {
        texts.AddRange(files.Select(file => new DlmText(Full(file.Path), file.Text)));
        driver = CSharpGeneratorDriver.Create(
            [new DlmGenerator().AsSourceGenerator()],
            texts,
            CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest),
            new DlmOptions(rootNamespace, Directory, libraries),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        Compilation = CSharpCompilation.Create(
            rootNamespace,
            [],
            References.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>The project's C# without what is generated.</summary>
    public CSharpCompilation Compilation { get; private set; }

    /// <summary>Adds C# written by hand.</summary>
    public void AddCSharp(string code) => Compilation = Compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(code));

    /// <summary>Sets compiler options, as NoWarn and the like do.</summary>
    public void Set(Func<CSharpCompilationOptions, CSharpCompilationOptions> change) =>
        Compilation = Compilation.WithOptions(change(Compilation.Options));

    /// <summary>Takes TorchSharp away.</summary>
    public void RemoveTorchSharp() => Compilation = Compilation.RemoveReferences(Compilation.References.Where(ProjectReferences.IsTorchSharp));

    /// <summary>Takes Dlm.Runtime away.</summary>
    public void RemoveRuntime() => Compilation = Compilation.RemoveReferences(Compilation.References.Where(ProjectReferences.IsRuntime));

    /// <summary>Adds any text.</summary>
    public void Add(AdditionalText text) => Change(() => texts.Add(text));

    /// <summary>Adds a file.</summary>
    public void Add(string path, string text) => Add(new DlmText(Full(path), text));

    /// <summary>Adds a file that a library ships, and a reference to what the library's own build made of it.</summary>
    public void AddLibrary(string path, string text, string rootNamespace, MetadataReference? library = null)
    {
        libraries[Full(path)] = rootNamespace;
        if (library is not null) Compilation = Compilation.AddReferences(library);
        SetRootNamespace(Compilation.AssemblyName!);
        Add(path, text);
    }

    /// <summary>Writes a file anew, as an editor does: a new text object in the place of the old.</summary>
    public void Edit(string path, string text)
    {
        var i = IndexOf(path);
        var edited = new DlmText(Full(path), text);
        driver = driver.ReplaceAdditionalText(texts[i], edited);
        texts[i] = edited;
    }

    /// <summary>Takes a file away.</summary>
    public void Remove(string path) => Change(() => texts.RemoveAt(IndexOf(path)));

    /// <summary>Gives a file another path and the same text.</summary>
    public void Rename(string path, string other)
    {
        var i = IndexOf(path);
        var renamed = new DlmText(Full(other), texts[i].GetText()!.ToString());
        Change(() => texts[i] = renamed);
    }

    /// <summary>Lists the same files in the opposite order.</summary>
    public void Reverse() => Change(texts.Reverse);

    /// <summary>Sets the namespace of files that declare none.</summary>
    public void SetRootNamespace(string name) => driver = driver.WithUpdatedAnalyzerConfigOptions(new DlmOptions(name, Directory, libraries));

    /// <summary>Generates, with what earlier runs left in the caches.</summary>
    public DlmRun Run(CancellationToken cancellation = default)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(Compilation, out var output, out var diagnostics, cancellation);
        return new(driver.GetRunResult().Results.Single(), (CSharpCompilation)output, diagnostics);
    }

    private void Change(Action change)
    {
        change();
        driver = driver.ReplaceAdditionalTexts([.. texts]);
    }

    private int IndexOf(string path) => texts.FindIndex(text => text.Path == Full(path));

    private static string Full(string path) => Path.IsPathRooted(path) ? path : Directory + path;
}
