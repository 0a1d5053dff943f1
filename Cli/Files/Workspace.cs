using Dlm.Dsl;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Text;

namespace Dlm.Cli.Files;

/// <summary>
/// The files that a command was given, and those that they may import: all of the project that each belongs to, as a build would see
/// them, with the projects it refers to. A project is the nearest folder with a <c>.csproj</c>; where there is none, the file's own folder.
/// </summary>
internal sealed class Workspace
{
    private readonly Dictionary<string, Scope> scopes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> scopeOf = new(StringComparer.Ordinal);
    private readonly CommandHost host;

    public Workspace(IReadOnlyList<string> files, CommandHost host)
    {
        Files = files;
        this.host = host;
        foreach (var group in files.GroupBy(RootOf))
        {
            var project = ProjectFile.Of(group.Key);
            var own = SourceFinder.Below(group.Key).Concat(group).Distinct().Select(file => Parse(file, null));
            var shipped = project.Libraries().SelectMany(library => SourceFinder.Below(library.Folder).Select(file => Parse(file, library.RootNamespace)));
            foreach (var file in group) scopeOf[file] = group.Key;
            var all = own.Concat(shipped).DistinctBy(f => f.Path).OrderBy(f => f.Path, StringComparer.Ordinal);
            scopes[group.Key] = new Scope(all.ToDictionary(f => f.Path, StringComparer.Ordinal), project.RootNamespace);
        }
    }

    /// <summary>The full paths of the files that were asked for.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>A file; its path is as the user would write it.</summary>
    public ParsedFile Parsed(string fullPath) => ScopeOf(fullPath).Files[host.Shown(fullPath)];

    /// <summary>Compiles a file.</summary>
    public CompiledFile Compile(string fullPath, string? rootNamespace = null)
    {
        var scope = ScopeOf(fullPath);
        var file = Parsed(fullPath);
        return DlmCompiler.Compile(file, scope.ImportsOf(file), new CompilerOptions(rootNamespace ?? scope.RootNamespace));
    }

    /// <summary>Elaborates a file.</summary>
    public ElaboratedFile Elaborate(string fullPath)
    {
        var scope = ScopeOf(fullPath);
        var file = Parsed(fullPath);
        return DlmCompiler.Elaborate(file, scope.ImportsOf(file), new CompilerOptions(scope.RootNamespace));
    }

    /// <summary>Elaborates a text as if it were one more file of the project of <paramref name="fullPath"/>.</summary>
    public ElaboratedFile ElaborateBeside(string fullPath, ParsedFile probe)
    {
        var scope = ScopeOf(fullPath);
        var file = Parsed(fullPath);
        return DlmCompiler.Elaborate(probe, scope.ImportsOf(file).Append(file).ToEquatableArray(), new CompilerOptions(scope.RootNamespace));
    }

    /// <summary>Compiles a file with all that it needs, and <paramref name="probe"/> as if it were one more file beside it; says its namespace.</summary>
    public (IReadOnlyList<CompiledFile> Files, string Namespace) CompileWithImports(string fullPath, ParsedFile? probe)
    {
        var scope = ScopeOf(fullPath);
        var (file, options) = (Parsed(fullPath), new CompilerOptions(scope.RootNamespace));
        var needed = new List<ParsedFile> { file };
        for (var i = 0; i < needed.Count; i++) needed.AddRange(scope.ImportsOf(needed[i]).Where(f => !needed.Contains(f)));
        var compiled = needed.Select(f => DlmCompiler.Compile(f, scope.ImportsOf(f), options));
        if (probe is not null) compiled = compiled.Append(DlmCompiler.Compile(probe, scope.ImportsOf(file).Append(file).ToEquatableArray(), options));
        return (compiled.ToArray(), file.NamespaceIn(scope.RootNamespace));
    }

    private Scope ScopeOf(string fullPath) => scopes[scopeOf[fullPath]];

    private ParsedFile Parse(string fullPath, string? library) => DlmCompiler.Parse(host.Shown(fullPath), File.ReadAllText(fullPath), library);

    private static string RootOf(string file)
    {
        var own = Path.GetDirectoryName(file)!;
        for (var folder = own; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.EnumerateFiles(folder, "*.csproj").Any()) return folder;
        }
        return own;
    }

    private sealed class Scope(Dictionary<string, ParsedFile> files, string rootNamespace)
    {
        private readonly ProjectIndex index = new(files.Values.Select(DlmCompiler.Summarize).ToEquatableArray(), rootNamespace);

        public Dictionary<string, ParsedFile> Files { get; } = files;

        public string RootNamespace { get; } = rootNamespace;

        public EquatableArray<ParsedFile> ImportsOf(ParsedFile file) => index.ImportsOf(file.Path).Select(path => Files[path]).ToEquatableArray();
    }
}
