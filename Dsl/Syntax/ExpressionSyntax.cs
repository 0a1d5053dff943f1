namespace Dlm.Dsl.Syntax;

/// <summary>Anything with a value: a number, a stage, a chain of stages.</summary>
public abstract class ExpressionSyntax : SyntaxNode
{
    /// <summary>A name with its arguments, or alone; the name is null where it is something else.</summary>
    internal (NameSyntax? Name, IReadOnlyList<ArgumentSyntax> Arguments) AsCall => this switch
    {
        NameSyntax name => (name, []),
        CallSyntax { Callee: NameSyntax name } call => (name, call.Arguments),
        _ => (null, []),
    };
}

/// <summary>A number, text, <c>true</c> or <c>false</c>.</summary>
public sealed class LiteralSyntax(SyntaxToken token) : ExpressionSyntax
{
    /// <summary>The token.</summary>
    public SyntaxToken Token { get; } = token;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => [Token];
}

/// <summary>A name; also <c>_</c> and, in a shape, <c>...</c>.</summary>
public sealed class NameSyntax(SyntaxToken token) : ExpressionSyntax
{
    /// <summary>The token.</summary>
    public SyntaxToken Token { get; } = token;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => [Token];
}

/// <summary>A place where an expression was expected and something else stood; the error is reported.</summary>
public sealed class MissingExpressionSyntax(IReadOnlyList<SyntaxToken> tokens) : ExpressionSyntax
{
    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => tokens;
}

/// <summary><c>a -&gt; b -&gt; c</c></summary>
public sealed class ChainSyntax(IReadOnlyList<SyntaxElement> elements) : ExpressionSyntax
{
    /// <summary>The stages, without the arrows.</summary>
    public IReadOnlyList<ExpressionSyntax> Stages { get; } = elements.OfType<ExpressionSyntax>().ToArray();

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => elements;
}

/// <summary><c>conv1: conv(64, 7)</c></summary>
public sealed class NamedStageSyntax(SyntaxToken name, SyntaxToken colon, ExpressionSyntax stage) : ExpressionSyntax
{
    /// <summary>The name, which is the checkpoint's.</summary>
    public SyntaxToken Name { get; } = name;

    /// <summary>The stage.</summary>
    public ExpressionSyntax Stage { get; } = stage;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => [Name, colon, Stage];
}

/// <summary><c>-x</c>, <c>not x</c></summary>
public sealed class UnarySyntax(SyntaxToken sign, ExpressionSyntax operand) : ExpressionSyntax
{
    /// <summary>The sign.</summary>
    public SyntaxToken Operator { get; } = sign;

    /// <summary>What it applies to.</summary>
    public ExpressionSyntax Operand { get; } = operand;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => [Operator, Operand];
}

/// <summary><c>a + b</c>, <c>a and b</c>, <c>0..n</c></summary>
public sealed class BinarySyntax(ExpressionSyntax left, SyntaxToken sign, ExpressionSyntax right) : ExpressionSyntax
{
    /// <summary>The left side.</summary>
    public ExpressionSyntax Left { get; } = left;

    /// <summary>The sign.</summary>
    public SyntaxToken Operator { get; } = sign;

    /// <summary>The right side.</summary>
    public ExpressionSyntax Right { get; } = right;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => [Left, Operator, Right];
}

/// <summary><c>if c then a else b</c>; the <c>else</c> may be missing, which is reported.</summary>
public sealed class IfSyntax(
    SyntaxToken ifKeyword,
    ExpressionSyntax condition,
    SyntaxToken thenKeyword,
    ExpressionSyntax whenTrue,
    SyntaxToken elseKeyword,
    ExpressionSyntax whenFalse) : ExpressionSyntax
{
    /// <summary>The condition.</summary>
    public ExpressionSyntax Condition { get; } = condition;

    /// <summary>The value where it holds.</summary>
    public ExpressionSyntax WhenTrue { get; } = whenTrue;

    /// <summary>The value where it does not.</summary>
    public ExpressionSyntax WhenFalse { get; } = whenFalse;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => [ifKeyword, Condition, thenKeyword, WhenTrue, elseKeyword, WhenFalse];
}

/// <summary><c>conv(64, 7, stride: 2)</c></summary>
public sealed class CallSyntax(ExpressionSyntax callee, SyntaxToken open, SeparatedList<ArgumentSyntax> arguments, SyntaxToken close) : ExpressionSyntax
{
    /// <summary>What is called.</summary>
    public ExpressionSyntax Callee { get; } = callee;

    /// <summary>The arguments.</summary>
    public IReadOnlyList<ArgumentSyntax> Arguments => arguments.Items;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(Callee, open, arguments.Elements, close);
}

/// <summary><c>64</c> or <c>stride: 2</c></summary>
public sealed class ArgumentSyntax(SyntaxToken? name, SyntaxToken? colon, ExpressionSyntax value) : SyntaxNode
{
    /// <summary>The name before the colon.</summary>
    public SyntaxToken? Name { get; } = name;

    /// <summary>The value.</summary>
    public ExpressionSyntax Value { get; } = value;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(Name, colon, Value);
}

/// <summary><c>x[:, -1]</c></summary>
public sealed class IndexSyntax(ExpressionSyntax target, SyntaxToken open, SeparatedList<ExpressionSyntax> indices, SyntaxToken close) : ExpressionSyntax
{
    /// <summary>What is indexed.</summary>
    public ExpressionSyntax Target { get; } = target;

    /// <summary>The indices; a slice is a <see cref="SliceSyntax"/>.</summary>
    public IReadOnlyList<ExpressionSyntax> Indices => indices.Items;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(Target, open, indices.Elements, close);
}

/// <summary><c>a:b</c>, <c>:b</c>, <c>a:</c>, <c>:</c>, <c>a:b:step</c></summary>
public sealed class SliceSyntax(
    ExpressionSyntax? start, SyntaxToken colon, ExpressionSyntax? stop, SyntaxToken? secondColon, ExpressionSyntax? step) : ExpressionSyntax
{
    /// <summary>The first index, or null for 0.</summary>
    public ExpressionSyntax? Start { get; } = start;

    /// <summary>The index after the last, or null for the end.</summary>
    public ExpressionSyntax? Stop { get; } = stop;

    /// <summary>The step, or null for 1.</summary>
    public ExpressionSyntax? Step { get; } = step;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(Start, colon, Stop, secondColon, Step);
}

/// <summary><c>block.expansion</c></summary>
public sealed class MemberSyntax(ExpressionSyntax target, SyntaxToken dot, SyntaxToken name) : ExpressionSyntax
{
    /// <summary>The left side.</summary>
    public ExpressionSyntax Target { get; } = target;

    /// <summary>The name after the dot.</summary>
    public SyntaxToken Name { get; } = name;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => [Target, dot, Name];
}

/// <summary><c>[2, 2, 2, 2]</c></summary>
public sealed class ListSyntax(SyntaxToken open, SeparatedList<ExpressionSyntax> items, SyntaxToken close) : ExpressionSyntax
{
    /// <summary>The items.</summary>
    public IReadOnlyList<ExpressionSyntax> Items => items.Items;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(open, items.Elements, close);
}

/// <summary><c>(a)</c>, or a tuple <c>(a, b)</c></summary>
public sealed class TupleSyntax(SyntaxToken open, SeparatedList<ExpressionSyntax> items, SyntaxToken close) : ExpressionSyntax
{
    /// <summary>The items; one alone is only grouped.</summary>
    public IReadOnlyList<ExpressionSyntax> Items => items.Items;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(open, items.Elements, close);
}

/// <summary>
/// <c>{ ... }</c>, with a word in front where it is more than a sequence: <c>residual</c>, <c>parallel</c>, <c>checkpoint</c>,
/// <c>on cuda(1)</c>.
/// </summary>
public sealed class GroupSyntax(SyntaxToken? keyword, ExpressionSyntax? argument, BlockBodySyntax body) : ExpressionSyntax
{
    /// <summary>The word, or null for a plain sequence.</summary>
    public SyntaxToken? Keyword { get; } = keyword;

    /// <summary>What stands between the word and the brace.</summary>
    public ExpressionSyntax? Argument { get; } = argument;

    /// <summary>The body.</summary>
    public BlockBodySyntax Body { get; } = body;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(Keyword, Argument, Body);
}

/// <summary><c>repeat i in 0..n { ... }</c>, or <c>repeat n { ... }</c>, with <c>as layer</c> before the brace where its turns have names</summary>
public sealed class RepeatSyntax(
    SyntaxToken keyword, SyntaxToken? variable, SyntaxToken? inKeyword, ExpressionSyntax range, SyntaxToken? asKeyword, SyntaxToken? turnName, SyntaxToken? alike, SyntaxToken? inline, BlockBodySyntax body)
    : ExpressionSyntax
{
    /// <summary>What the keys of the turns begin with, before the counter's value.</summary>
    public SyntaxToken? TurnName { get; } = turnName;

    /// <summary>Whether all turns begin with the same parameters.</summary>
    public bool IsAlike => alike is not null;

    /// <summary>Whether the stages of all turns count as stages of what the repeat stands in.</summary>
    public bool IsInline => inline is not null;

    /// <summary>The counter's name.</summary>
    public SyntaxToken? Variable { get; } = variable;

    /// <summary>A range or a count.</summary>
    public ExpressionSyntax Range { get; } = range;

    /// <summary>The body.</summary>
    public BlockBodySyntax Body { get; } = body;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(keyword, Variable, inKeyword, Range, asKeyword, TurnName, alike, inline, Body);
}

/// <summary><c>scan x over dim 1 with (h = zeros(B, hidden)) { ... yield h }</c>, or <c>scan i over 0..n with ...</c></summary>
public sealed class ScanSyntax(
    IReadOnlyList<SyntaxElement> head, SyntaxToken variable, bool isOverTensor, ExpressionSyntax dimension, IReadOnlyList<BindingSyntax> states, BlockBodySyntax body)
    : ExpressionSyntax
{
    /// <summary>The slice's name, or the step's.</summary>
    public SyntaxToken Variable { get; } = variable;

    /// <summary>Whether it runs over a dimension of a tensor, and not over a range.</summary>
    public bool IsOverTensor { get; } = isOverTensor;

    /// <summary>The dimension, or the range, that it runs over.</summary>
    public ExpressionSyntax Dimension { get; } = dimension;

    /// <summary>What is carried from step to step, with its first value.</summary>
    public IReadOnlyList<BindingSyntax> States { get; } = states;

    /// <summary>The body.</summary>
    public BlockBodySyntax Body { get; } = body;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(head, Body);
}

/// <summary><c>while any(halted &lt; 1) limit 20 with (halted = zeros(B)) { ... }</c></summary>
public sealed class WhileSyntax(
    IReadOnlyList<SyntaxElement> head, ExpressionSyntax condition, ExpressionSyntax limit, IReadOnlyList<BindingSyntax> states, BlockBodySyntax body) : ExpressionSyntax
{
    /// <summary>What must hold before a step.</summary>
    public ExpressionSyntax Condition { get; } = condition;

    /// <summary>The most steps there can be.</summary>
    public ExpressionSyntax Limit { get; } = limit;

    /// <summary>What is carried from step to step, with its first value.</summary>
    public IReadOnlyList<BindingSyntax> States { get; } = states;

    /// <summary>The body.</summary>
    public BlockBodySyntax Body { get; } = body;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(head, Body);
}

/// <summary>A row of operands so long that the rest was skipped; the error is reported.</summary>
public sealed class BrokenRowSyntax(ExpressionSyntax row, IReadOnlyList<SyntaxToken> skipped) : ExpressionSyntax
{
    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(row, skipped);
}
