using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Formatting;

/// <summary>What a line that begins with a token is set off from.</summary>
internal enum AnchorKind
{
    /// <summary>An earlier token.</summary>
    Token,

    /// <summary>The beginning of the line that holds an earlier token.</summary>
    Line,

    /// <summary>An opening bracket: from it, or from its line where nothing stands behind it.</summary>
    Bracket,
}

/// <summary>Where a line goes that begins with a token.</summary>
/// <param name="Kind">What it is set off from.</param>
/// <param name="Token">The earlier token's index; -1 for the margin.</param>
/// <param name="Extra">How much further.</param>
internal readonly record struct Anchor(AnchorKind Kind, int Token, int Extra)
{
    public static Anchor Margin => new(AnchorKind.Token, -1, 0);
}

/// <summary>Braces around statements: all on one line, or each statement on lines of its own.</summary>
internal sealed class Braces(int open, Braces? outer)
{
    public int Open { get; } = open;

    public Braces? Outer { get; } = outer;

    /// <summary>The first token of each statement, then the closing brace.</summary>
    public List<int> Starts { get; } = [];

    public bool IsExpanded { get; set; }
}

/// <summary>A token with all that decides how it is written.</summary>
internal sealed class FormatToken(SyntaxToken token, SyntaxNode parent, Anchor anchor, Braces? braces)
{
    public const int Never = int.MaxValue;

    public SyntaxToken Token { get; } = token;

    public SyntaxNode Parent { get; } = parent;

    public SyntaxKind Kind => Token.Kind;

    public string Text => Token.Text;

    public Anchor Anchor { get; set; } = anchor;

    /// <summary>The innermost braces that it stands between.</summary>
    public Braces? Braces { get; } = braces;

    public IReadOnlyList<Comment> Comments { get; set; } = [];

    /// <summary>How many line ends the author put between the last comment and the token, 2 for a blank line.</summary>
    public int LineEnds { get; set; }

    /// <summary>Whether it begins a line.</summary>
    public bool Breaks { get; set; }

    /// <summary>Whether it begins a statement or declaration, so that a blank line before it means something.</summary>
    public bool BeginsStatement { get; set; }

    /// <summary>How deep inside of its line it stands as a place to break: the outermost breaks first.</summary>
    public int BreakDepth { get; set; } = Never;

    /// <summary>Tokens that break with it.</summary>
    public IReadOnlyList<int> Companions { get; set; } = [];

    /// <summary>The blanks before it within a line.</summary>
    public int Blanks { get; set; }

    public int Column { get; set; }

    /// <summary>Where its line begins.</summary>
    public int LineColumn { get; set; }

    public int End => Column + Text.Length;

    /// <summary>The comments and the token itself as they are written, each on a line of its own or behind what comes before.</summary>
    public IEnumerable<Piece> Pieces(bool beginsFile)
    {
        var startsLine = beginsFile;
        var hasStarted = false;
        foreach (var comment in Comments)
        {
            startsLine |= comment.LineEnds > 0;
            hasStarted |= startsLine;
            yield return new Piece(comment.Text, startsLine, comment.LineEnds, IsComment: true);
            startsLine = comment.IsLine;
        }
        // Behind comments that end the line before, or on the line of one that begins it.
        if (Text.Length > 0) yield return new Piece(Text, startsLine || (Comments.Count > 0 && LineEnds > 0) || (Breaks && !hasStarted), LineEnds, IsComment: false);
    }
}

/// <summary>A token or a comment.</summary>
/// <param name="Text">What it says.</param>
/// <param name="StartsLine">Whether it begins a line.</param>
/// <param name="LineEnds">How many line ends the author put before it.</param>
/// <param name="IsComment">Whether it is a comment.</param>
internal readonly record struct Piece(string Text, bool StartsLine, int LineEnds, bool IsComment);
