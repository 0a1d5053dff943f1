namespace Dlm.Dsl.Syntax;

/// <summary><c>init { conv: normal(0, 0.02)  "*.bias": zeros }</c>: how parameters begin.</summary>
public sealed class InitSyntax(SyntaxToken keyword, BlockBodySyntax body) : StatementSyntax
{
    /// <summary>The rules between the braces.</summary>
    public BlockBodySyntax Body { get; } = body;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => [keyword, Body];
}

/// <summary><c>conv, linear.bias, "head.*": normal(0, 0.02)</c></summary>
public sealed class InitRuleSyntax(
    SeparatedList<InitTargetSyntax> targets, SyntaxToken colon, ExpressionSyntax value, SyntaxToken? comma) : StatementSyntax
{
    /// <summary>What it is for.</summary>
    public IReadOnlyList<InitTargetSyntax> Targets => targets.Items;

    /// <summary>The initialiser, or a number.</summary>
    public ExpressionSyntax Value { get; } = value;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(targets.Elements, colon, Value, comma);
}

/// <summary><c>"*.bias"</c>, a pattern of keys; <c>conv</c> or <c>conv.bias</c>, a parameter of every layer of an operator.</summary>
public sealed class InitTargetSyntax(SyntaxToken name, SyntaxToken? dot, SyntaxToken? role) : SyntaxNode
{
    /// <summary>The pattern in its quotes, or the operator.</summary>
    public SyntaxToken Name { get; } = name;

    /// <summary>Which parameter of the layer; null where it is the weight.</summary>
    public SyntaxToken? Role { get; } = role;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(Name, dot, Role);
}
