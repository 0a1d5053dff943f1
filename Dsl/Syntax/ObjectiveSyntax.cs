namespace Dlm.Dsl.Syntax;

/// <summary>
/// <c>objective Name(networks, parameters) : (inputs) { ... }</c>, or one with its networks given, <c>objective Name = Other(networks)</c>.
/// </summary>
public sealed class ObjectiveSyntax(
    SyntaxToken keyword,
    SyntaxToken name,
    ParameterListSyntax? parameters,
    SignatureSyntax? signature,
    BlockBodySyntax? body,
    SyntaxToken? equals,
    ExpressionSyntax? value) : DeclarationSyntax
{
    /// <inheritdoc/>
    public override SyntaxToken Name { get; } = name;

    /// <summary>The networks and parameters in parentheses.</summary>
    public ParameterListSyntax? Parameters { get; } = parameters;

    /// <summary>What a step is given.</summary>
    public SignatureSyntax? Signature { get; } = signature;

    /// <summary>The statements of a step.</summary>
    public BlockBodySyntax? Body { get; } = body;

    /// <summary>The call of another objective that it stands for.</summary>
    public ExpressionSyntax? Value { get; } = value;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(keyword, Name, Parameters, Signature, Body, equals, Value);
}

/// <summary><c>minimize generator, encoder: loss, clip: 1.0</c></summary>
public sealed class MinimizeSyntax(SyntaxToken keyword, SeparatedList<NameSyntax> networks, SyntaxToken colon, ExpressionSyntax loss, SeparatedList<ArgumentSyntax> arguments) : StatementSyntax
{
    /// <summary><c>minimize</c>.</summary>
    public SyntaxToken Keyword { get; } = keyword;

    /// <summary>The networks whose parameters are stepped.</summary>
    public IReadOnlyList<NameSyntax> Networks => networks.Items;

    /// <summary>What is minimised.</summary>
    public ExpressionSyntax Loss { get; } = loss;

    /// <summary>What is said of the step, such as <c>clip: 1.0</c>.</summary>
    public IReadOnlyList<ArgumentSyntax> Arguments => arguments.Items;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(Keyword, networks.Elements, colon, Loss, arguments.Elements);
}

/// <summary><c>copy online -> target</c>, <c>ema online -> target, 0.99</c> or <c>clamp critic, 0.01</c>: parameters that change without a gradient.</summary>
public sealed class UpdateSyntax(SyntaxToken keyword, NameSyntax source, SyntaxToken? arrow, NameSyntax? target, SyntaxToken? comma, ExpressionSyntax? argument) : StatementSyntax
{
    /// <summary><c>copy</c>, <c>ema</c> or <c>clamp</c>.</summary>
    public SyntaxToken Keyword { get; } = keyword;

    /// <summary>The network that is read, or clamped.</summary>
    public NameSyntax Source { get; } = source;

    /// <summary>The network that is written; null for <c>clamp</c>.</summary>
    public NameSyntax? Target { get; } = target;

    /// <summary>How much of the target stays, or the largest value.</summary>
    public ExpressionSyntax? Argument { get; } = argument;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(Keyword, Source, arrow, Target, comma, Argument);
}

/// <summary><c>every 1000: copy q -> target</c>, or several statements in braces.</summary>
public sealed class EverySyntax(SyntaxToken keyword, ExpressionSyntax period, SyntaxToken colon, SyntaxNode body) : StatementSyntax
{
    /// <summary><c>every</c>.</summary>
    public SyntaxToken Keyword { get; } = keyword;

    /// <summary>After how many steps.</summary>
    public ExpressionSyntax Period { get; } = period;

    /// <summary>What is done then.</summary>
    public IReadOnlyList<StatementSyntax> Statements { get; } = body is BlockBodySyntax block ? block.Statements : [(StatementSyntax)body];

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => [Keyword, Period, colon, body];
}
