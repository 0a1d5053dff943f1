using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Text;

namespace Dlm.Dsl;

/// <summary>A <c>.dlm</c> file and its tree. Equal to another with the same path and text: what a build compares.</summary>
public sealed class ParsedFile : IEquatable<ParsedFile>
{
    /// <summary>No model comes near this; a larger text would keep an editor busy.</summary>
    private const int MostCharacters = 1_000_000;

    private readonly DiagnosticBag diagnostics;

    /// <summary>Parses <paramref name="text"/>; never fails, a broken piece becomes a node that holds its error.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="library">What <see cref="Library"/> is.</param>
    public ParsedFile(string path, string text, string? library = null)
    {
        Library = library;
        Source = new SourceText(path, text);
        diagnostics = new DiagnosticBag(Source);
        if (text.Length > MostCharacters)
        {
            diagnostics.At(new TextSpan(0, 0)).TooLarge($"The file has {text.Length} characters; the compiler reads up to {MostCharacters}. Split it.");
            Syntax = new FileSyntax(null, [], [], new SyntaxToken(SyntaxKind.EndOfFile, text, "", text.Length, true));
            return;
        }
        var lexer = new Lexer(Source, diagnostics);
        Syntax = new Parser(lexer.Lex(), diagnostics) { EndIsCutOff = lexer.EndsInComment }.ParseFile();
    }

    /// <summary>The file's path, as diagnostics show it.</summary>
    public string Path => Source.Path;

    /// <summary>
    /// Of a file that a referenced library ships: the namespace of what it declares where it says none. Null for a file of the project itself.
    /// </summary>
    public string? Library { get; }

    /// <summary>The namespace of what it declares.</summary>
    /// <param name="rootNamespace">The project's, for a file that says none.</param>
    public string NamespaceIn(string rootNamespace) => Syntax.Namespace?.Name.Text ?? Library ?? rootNamespace;

    /// <summary>The whole text.</summary>
    public string Text => Source.Text;

    /// <summary>The text with its lines.</summary>
    public SourceText Source { get; }

    /// <summary>The lossless tree.</summary>
    public FileSyntax Syntax { get; }

    /// <summary>What is wrong with the spelling.</summary>
    public EquatableArray<Diagnostic> Diagnostics => diagnostics.Diagnostics.ToEquatableArray();

    /// <summary>Where the declarations are whose spelling is wrong.</summary>
    internal IReadOnlyList<TextSpan> BrokenDeclarations
    {
        get
        {
            var spans = new List<TextSpan>();
            var mistakes = Diagnostics;
            for (var i = 0; i < Syntax.Declarations.Count; i++)
            {
                var span = Syntax.Declarations[i].Span;
                // A brace too many has ended it early, or a comment that is never closed holds its end.
                var next = i + 1 < Syntax.Declarations.Count ? Syntax.Declarations[i + 1] : null;
                var end = next is null ? Text.Length : next is SkippedDeclarationSyntax { Name.Kind: SyntaxKind.CloseBrace } ? next.Span.End : span.End;
                if (mistakes.Any(d => d.IsIn(new TextSpan(span.Start, end - span.Start)))) spans.Add(span);
            }
            return spans;
        }
    }

    /// <inheritdoc/>
    public bool Equals(ParsedFile? other) =>
        ReferenceEquals(this, other) || (other is not null && Path == other.Path && Text == other.Text && Library == other.Library);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ParsedFile);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked(Path.GetHashCode() * 31 + Text.GetHashCode());
}
