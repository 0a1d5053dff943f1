namespace Dlm.Dsl.Syntax;

/// <summary><c>train Cifar on ResNet20 { ... }</c>: how a network is trained, a setting a line.</summary>
public sealed class TrainSyntax(SyntaxToken keyword, SyntaxToken name, SyntaxToken on, ExpressionSyntax target, BlockBodySyntax body) : DeclarationSyntax
{
    /// <inheritdoc/>
    public override SyntaxToken Name { get; } = name;

    /// <summary>What is trained: a model or an objective, alone or with arguments.</summary>
    public ExpressionSyntax Target { get; } = target;

    /// <summary>The settings.</summary>
    public BlockBodySyntax Body { get; } = body;

    /// <summary>The settings that are spelled as such.</summary>
    public IEnumerable<SettingSyntax> Settings => Body.Statements.OfType<SettingSyntax>();

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => [keyword, Name, on, Target, Body];
}

/// <summary>
/// <c>optimizer sgd(momentum: 0.9)</c>, <c>rate 0.1 * 80, 0.01 * 40</c>, <c>stop accuracy, patience: 10</c>, <c>group "*.bias": decay 0</c>.
/// </summary>
public sealed class SettingSyntax(SyntaxToken name, SyntaxToken? pattern, SyntaxToken? colon, SeparatedList<ArgumentSyntax> items) : StatementSyntax
{
    /// <summary>Which setting.</summary>
    public SyntaxToken Name { get; } = name;

    /// <summary>The pattern of keys, in its quotes, that a group is for.</summary>
    public SyntaxToken? Pattern { get; } = pattern;

    /// <summary>What it is set to. An item with a name is <c>patience: 10</c> or, without the colon, <c>decay 0</c>.</summary>
    public IReadOnlyList<ArgumentSyntax> Items => items.Items;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(Name, Pattern, colon, items.Elements);
}

/// <summary>A number with what it counts: <c>5 epochs</c>, <c>4000 steps</c>, or <c>0.1x</c>, so many times as much.</summary>
public sealed class MeasureSyntax(SyntaxToken number, SyntaxToken unit) : ExpressionSyntax
{
    /// <summary>The number.</summary>
    public SyntaxToken Number { get; } = number;

    /// <summary><c>epochs</c>, <c>steps</c> or <c>x</c>.</summary>
    public SyntaxToken Unit { get; } = unit;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => [Number, Unit];
}
