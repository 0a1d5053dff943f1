namespace Dlm.Dsl.Syntax;

/// <summary>A line of a body.</summary>
public abstract class StatementSyntax : SyntaxNode;

/// <summary><c>{ ... }</c></summary>
public sealed class BlockBodySyntax(SyntaxToken open, IReadOnlyList<StatementSyntax> statements, SyntaxToken close) : SyntaxNode
{
    /// <summary>The lines.</summary>
    public IReadOnlyList<StatementSyntax> Statements { get; } = statements;

    /// <summary>The closing brace.</summary>
    public SyntaxToken Close { get; } = close;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(open, Statements, Close);
}

/// <summary>A chain or an expression: its value flows on to the next line.</summary>
public sealed class FlowStatementSyntax(ExpressionSyntax expression) : StatementSyntax
{
    /// <summary>The chain.</summary>
    public ExpressionSyntax Expression { get; } = expression;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => [Expression];
}

/// <summary><c>skip = ...</c>, <c>(h, c) = ...</c>; with <c>const</c>, <c>layer</c>, <c>param</c> or <c>buffer</c> in front, what they declare.</summary>
public sealed class BindingSyntax(
    SyntaxToken? keyword,
    ExpressionSyntax target,
    SyntaxToken? colon,
    TypeSyntax? type,
    SyntaxToken? equals,
    ExpressionSyntax? value) : StatementSyntax
{
    /// <summary><c>const</c>, <c>layer</c>, <c>param</c>, <c>buffer</c>, or null for a plain name.</summary>
    public SyntaxToken? Keyword { get; } = keyword;

    /// <summary>A name, or names in parentheses.</summary>
    public ExpressionSyntax Target { get; } = target;

    /// <summary>The shape of a <c>param</c> or <c>buffer</c>.</summary>
    public TypeSyntax? Type { get; } = type;

    /// <summary>The value.</summary>
    public ExpressionSyntax? Value { get; } = value;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(Keyword, Target, colon, Type, equals, Value);
}

/// <summary><c>require d % heads == 0</c>, or <c>yield h</c> in a scan.</summary>
public sealed class KeywordStatementSyntax(SyntaxToken keyword, ExpressionSyntax expression) : StatementSyntax
{
    /// <summary><c>require</c> or <c>yield</c>.</summary>
    public SyntaxToken Keyword { get; } = keyword;

    /// <summary>What is required or yielded.</summary>
    public ExpressionSyntax Expression { get; } = expression;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => [Keyword, Expression];
}

/// <summary><c>expect parameters 61_100_840, macs 0.714G, output [B, 1000]</c></summary>
public sealed class ExpectSyntax(SyntaxToken keyword, SeparatedList<ExpectedFigureSyntax> figures) : StatementSyntax
{
    /// <summary>The figures.</summary>
    public IReadOnlyList<ExpectedFigureSyntax> Figures => figures.Items;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(keyword, figures.Elements);
}

/// <summary><c>macs 0.714G</c></summary>
public sealed class ExpectedFigureSyntax(SyntaxToken name, SyntaxNode value) : SyntaxNode
{
    /// <summary><c>parameters</c>, <c>macs</c> or <c>output</c>.</summary>
    public SyntaxToken Name { get; } = name;

    /// <summary>A number, or the shape of an output.</summary>
    public SyntaxNode Value { get; } = value;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => [Name, Value];
}

/// <summary>Tokens that begin no statement; their error is reported.</summary>
public sealed class SkippedStatementSyntax(IReadOnlyList<SyntaxToken> tokens) : StatementSyntax
{
    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => tokens;
}

/// <summary>A statement with tokens after it that do not belong to it; their error is reported.</summary>
public sealed class BrokenStatementSyntax(StatementSyntax statement, IReadOnlyList<SyntaxToken> skipped) : StatementSyntax
{
    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(statement, skipped);
}
