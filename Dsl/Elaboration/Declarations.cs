using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

/// <summary>A model, block or function and the file it stands in.</summary>
/// <param name="Syntax">The declaration.</param>
/// <param name="File">Its file.</param>
/// <param name="Namespace">Its namespace.</param>
public sealed record Declaration(DeclarationSyntax Syntax, ParsedFile File, string Namespace)
{
    /// <summary>Its name.</summary>
    public string Name => Syntax.Name.Text;

    /// <inheritdoc/>
    public bool Equals(Declaration? other) => other is not null && ReferenceEquals(Syntax, other.Syntax);

    /// <inheritdoc/>
    public override int GetHashCode() => Syntax.GetHashCode();
}

/// <summary>A block as a value: an argument for a parameter of type <c>block</c>.</summary>
public sealed record BlockValue(Declaration Declaration) : StaticValue
{
    /// <inheritdoc/>
    public override string Kind => "a block";

    /// <inheritdoc/>
    public override IEnumerable<string> Parameters => [];

    /// <inheritdoc/>
    public override StaticValue Substitute(Func<string, StaticValue?> value) => this;

    /// <inheritdoc/>
    public override string ToString() => Declaration.Name;
}

/// <summary>The declarations that a file can see: its own, those of its namespace, and those of the namespaces it uses.</summary>
internal sealed class DeclarationTable
{
    private readonly Dictionary<string, Declaration> visible = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Declaration> earlier = new(StringComparer.Ordinal);

    public DeclarationTable(ParsedFile file, IEnumerable<ParsedFile> imports, string rootNamespace)
    {
        var own = file.NamespaceIn(rootNamespace);
        var used = new HashSet<string>(file.Syntax.Uses.Select(u => u.Name.Text), StringComparer.Ordinal) { own };
        foreach (var source in imports.Where(i => used.Contains(i.NamespaceIn(rootNamespace))).Reverse().OrderBy(i => i.Library is null).Append(file))
        {
            // The file's own declarations come last and win, those of a library are the first to lose; the first of two with one name is the declared one.
            foreach (var declaration in source.Syntax.Declarations.Where(d => d is not SkippedDeclarationSyntax && !d.Name.IsMissing).Reverse())
            {
                var found = new Declaration(declaration, source, source.NamespaceIn(rootNamespace));
                visible[found.Name] = found;
                if (found.Namespace == own && source.Library == file.Library && string.CompareOrdinal(source.Path, file.Path) < 0) earlier[found.Name] = found;
            }
        }
        File = file;
        Imports = imports;
        RootNamespace = rootNamespace;
    }

    public ParsedFile File { get; }

    public IEnumerable<ParsedFile> Imports { get; }

    public string RootNamespace { get; }

    /// <summary>Every name.</summary>
    public IEnumerable<string> Names => visible.Keys;

    /// <summary>The names of the models.</summary>
    public IEnumerable<string> Models => visible.Where(v => v.Value.Syntax is ModelSyntax { IsModel: true }).Select(v => v.Key);

    /// <summary>The names of the objectives.</summary>
    public IEnumerable<string> Objectives => visible.Where(v => v.Value.Syntax is ObjectiveSyntax).Select(v => v.Key);

    /// <summary>The namespace that declares a name which this file does not see, or null.</summary>
    public string? NamespaceOf(string name) => Imports.Where(i => i.Syntax.Declarations.Any(d => d is not SkippedDeclarationSyntax && d.Name.Text == name))
        .Select(i => i.NamespaceIn(RootNamespace)).FirstOrDefault();

    /// <summary>The declaration of a name, or null.</summary>
    public Declaration? Find(string name) => visible.TryGetValue(name, out var declaration) ? declaration : null;

    /// <summary>Says that a name stands for nothing of a <paramref name="kind"/>: in which namespace it is declared, where that is what is missing, else what there is.</summary>
    /// <param name="name">The name.</param>
    /// <param name="kind">What is looked for, in words.</param>
    /// <param name="names">What would do.</param>
    /// <param name="diagnostics">Where to say it.</param>
    public void ReportMissing(NameSyntax name, string kind, IEnumerable<string> names, DiagnosticBag diagnostics)
    {
        var text = name.Token.Text;
        if (Find(text) is null && NamespaceOf(text) is { } elsewhere) diagnostics.At(name.Span).NameElsewhere(text, elsewhere);
        else diagnostics.At(name.Span).UnknownName(kind, text, names);
    }

    /// <summary>The declaration of a name in the same namespace in a file that comes before this one, or null.</summary>
    public Declaration? FindEarlier(string name) => earlier.TryGetValue(name, out var declaration) ? declaration : null;

    /// <summary>What another file of the same project sees.</summary>
    public DeclarationTable Of(ParsedFile file) => new(file, Imports.Append(File).Where(f => f != file).ToArray(), RootNamespace);
}
