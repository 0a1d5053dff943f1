using System.Text;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Syntax;

/// <summary>A token or a node of the tree.</summary>
public abstract class SyntaxElement
{
    /// <summary>The text itself, without the blanks and comments around it.</summary>
    public abstract TextSpan Span { get; }

    /// <summary>How many nodes lie on the longest way down: as deep as a walk over the tree recurses.</summary>
    internal abstract int Height { get; }

    /// <summary>Writes the text with all blanks and comments.</summary>
    internal abstract void WriteTo(StringBuilder builder);

    /// <summary>The exact source, blanks and comments included.</summary>
    public override string ToString()
    {
        var builder = new StringBuilder();
        WriteTo(builder);
        return builder.ToString();
    }
}

/// <summary>
/// A word, number or sign with the blanks and comments before it. Every character of a file belongs to exactly one token;
/// the end-of-file token carries the last comments.
/// </summary>
public sealed class SyntaxToken : SyntaxElement
{
    internal SyntaxToken(SyntaxKind kind, string leading, string text, int start, bool startsLine)
    {
        Kind = kind;
        Leading = leading;
        Text = text;
        Start = start;
        StartsLine = startsLine;
    }

    /// <summary>What it is.</summary>
    public SyntaxKind Kind { get; }

    /// <summary>Blanks, line ends and comments before the token.</summary>
    public string Leading { get; }

    /// <summary>The token's own characters; empty where the parser missed a token and went on without it.</summary>
    public string Text { get; }

    /// <summary>The position of the first character of <see cref="Text"/>.</summary>
    public int Start { get; }

    /// <summary>Whether a line end stands between the token before and this one.</summary>
    public bool StartsLine { get; }

    /// <inheritdoc/>
    public override TextSpan Span => new(Start, Text.Length);

    /// <summary>Whether the parser put the token in where the text has none.</summary>
    public bool IsMissing => Text.Length == 0 && Kind != SyntaxKind.EndOfFile;

    /// <summary>Whether this is the name <paramref name="word"/>, which the parser gives a meaning in its place.</summary>
    public bool Is(string word) => Kind == SyntaxKind.Identifier && Text == word;

    internal override int Height => 0;

    internal override void WriteTo(StringBuilder builder) => builder.Append(Leading).Append(Text);
}

/// <summary>A piece of the tree: its children cover its text without gap or overlap, in order.</summary>
public abstract class SyntaxNode : SyntaxElement
{
    private TextSpan? span;
    private int height;

    /// <summary>The tokens and nodes, in the order of the text.</summary>
    public abstract IEnumerable<SyntaxElement> Children { get; }

    /// <inheritdoc/>
    public override TextSpan Span => span ??= ComputeSpan();

    /// <summary>The text on one line and without comments, as messages quote it.</summary>
    public string Shown
    {
        get
        {
            var builder = new StringBuilder();
            WriteShown(builder);
            return builder.ToString();
        }
    }

    internal override int Height
    {
        get
        {
            if (height > 0) return height;
            foreach (var child in Children) height = Math.Max(height, child.Height);
            return ++height;
        }
    }

    internal override void WriteTo(StringBuilder builder)
    {
        foreach (var child in Children) child.WriteTo(builder);
    }

    private void WriteShown(StringBuilder builder)
    {
        foreach (var child in Children)
        {
            if (child is SyntaxNode node) node.WriteShown(builder);
            else if (child is SyntaxToken token)
            {
                if (token.Leading.Length > 0 && builder.Length > 0) builder.Append(' ');
                builder.Append(token.Text);
            }
        }
    }

    /// <summary>The non-null ones of <paramref name="elements"/>, lists spread out: how nodes name their children.</summary>
    private protected static IEnumerable<SyntaxElement> Concat(params object?[] elements)
    {
        foreach (var element in elements)
        {
            if (element is SyntaxElement one) yield return one;
            else if (element is IEnumerable<SyntaxElement> many)
            {
                foreach (var item in many) yield return item;
            }
        }
    }

    // A missing token at an edge has no width and would stretch the span over the blanks before it.
    private TextSpan ComputeSpan()
    {
        SyntaxElement? first = null, last = null;
        foreach (var child in Children)
        {
            if (child.Span.Length == 0) continue;
            first ??= child;
            last = child;
        }
        if (first is null) return Children.FirstOrDefault()?.Span ?? default;
        return new TextSpan(first.Span.Start, last!.Span.End - first.Span.Start);
    }
}

/// <summary>Items with the commas between them.</summary>
public sealed class SeparatedList<T>(IReadOnlyList<SyntaxElement> elements)
    where T : SyntaxNode
{
    /// <summary>Items and commas, in order.</summary>
    public IReadOnlyList<SyntaxElement> Elements { get; } = elements;

    /// <summary>The items alone.</summary>
    public IReadOnlyList<T> Items { get; } = elements.OfType<T>().ToArray();
}
