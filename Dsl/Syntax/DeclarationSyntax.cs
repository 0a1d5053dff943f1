namespace Dlm.Dsl.Syntax;

/// <summary>A whole file.</summary>
public sealed class FileSyntax(
    NamespaceSyntax? @namespace,
    IReadOnlyList<UseSyntax> uses,
    IReadOnlyList<DeclarationSyntax> declarations,
    SyntaxToken endOfFile) : SyntaxNode
{
    /// <summary>The namespace of everything in the file, where it says one.</summary>
    public NamespaceSyntax? Namespace { get; } = @namespace;

    /// <summary>The namespaces it imports.</summary>
    public IReadOnlyList<UseSyntax> Uses { get; } = uses;

    /// <summary>Models, blocks and functions; a broken piece is a <see cref="SkippedDeclarationSyntax"/>.</summary>
    public IReadOnlyList<DeclarationSyntax> Declarations { get; } = declarations;

    /// <summary>The end, with the comments before it.</summary>
    public SyntaxToken EndOfFile { get; } = endOfFile;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(Namespace, Uses, Declarations, EndOfFile);
}

/// <summary><c>Dlm.Models.Vision</c></summary>
public sealed class QualifiedNameSyntax(IReadOnlyList<SyntaxElement> parts) : SyntaxNode
{
    /// <summary>The names between the dots.</summary>
    public IEnumerable<SyntaxToken> Names => Children.OfType<SyntaxToken>().Where(t => t.Kind == SyntaxKind.Identifier);

    /// <summary>The names joined by dots, without blanks.</summary>
    public string Text => string.Join(".", Names.Select(n => n.Text));

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children { get; } = parts;
}

/// <summary><c>namespace Dlm.Models.Vision</c></summary>
public sealed class NamespaceSyntax(SyntaxToken keyword, QualifiedNameSyntax name) : SyntaxNode
{
    /// <summary>The name.</summary>
    public QualifiedNameSyntax Name { get; } = name;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(keyword, Name);
}

/// <summary><c>use Dlm.Models.Language</c></summary>
public sealed class UseSyntax(SyntaxToken keyword, QualifiedNameSyntax name) : SyntaxNode
{
    /// <summary>The namespace.</summary>
    public QualifiedNameSyntax Name { get; } = name;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(keyword, Name);
}

/// <summary>Something with a name at the top of a file.</summary>
public abstract class DeclarationSyntax : SyntaxNode
{
    /// <summary>The name; empty where it is missing.</summary>
    public abstract SyntaxToken Name { get; }

    /// <summary>The text of the <c>///</c> lines right before it, without the slashes.</summary>
    public IReadOnlyList<string> Documentation => Trivia.DocumentationOf(Children.OfType<SyntaxToken>().First().Leading);
}

/// <summary>
/// <c>model Name(parameters) : inputs -&gt; outputs { ... }</c>, a <c>block</c> in the same form, or a family's member
/// <c>model Name = Other(arguments) expect ...</c>.
/// </summary>
public sealed class ModelSyntax(
    SyntaxToken keyword,
    SyntaxToken name,
    ParameterListSyntax? parameters,
    SignatureSyntax? signature,
    BlockBodySyntax? body,
    SyntaxToken? equals,
    ExpressionSyntax? value,
    ExpectSyntax? expect) : DeclarationSyntax
{
    /// <summary>Whether it is a <c>model</c>, which is elaborated by itself, and not a <c>block</c>.</summary>
    public bool IsModel => keyword.Is("model");

    /// <inheritdoc/>
    public override SyntaxToken Name { get; } = name;

    /// <summary>The parameters in parentheses.</summary>
    public ParameterListSyntax? Parameters { get; } = parameters;

    /// <summary>What flows in and out.</summary>
    public SignatureSyntax? Signature { get; } = signature;

    /// <summary>The statements.</summary>
    public BlockBodySyntax? Body { get; } = body;

    /// <summary>The call that a family's member stands for.</summary>
    public ExpressionSyntax? Value { get; } = value;

    /// <summary>The figures after a family's member.</summary>
    public ExpectSyntax? Expect { get; } = expect;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(keyword, Name, Parameters, Signature, Body, equals, Value, Expect);
}

/// <summary><c>fn gelu(x) = ...</c>, or <c>extern fn f(x: [B, T]) -&gt; [B, T]</c>, which is written in C#.</summary>
public sealed class FunctionSyntax(
    SyntaxToken? externKeyword,
    SyntaxToken keyword,
    SyntaxToken name,
    ParameterListSyntax? parameters,
    SyntaxToken? arrow,
    TypeSyntax? result,
    SyntaxToken? equals,
    ExpressionSyntax? body) : DeclarationSyntax
{
    /// <summary>Whether C# has the body.</summary>
    public bool IsExtern => externKeyword is not null;

    /// <inheritdoc/>
    public override SyntaxToken Name { get; } = name;

    /// <summary>The parameters.</summary>
    public ParameterListSyntax? Parameters { get; } = parameters;

    /// <summary>The declared result of an extern function.</summary>
    public TypeSyntax? Result { get; } = result;

    /// <summary>The value.</summary>
    public ExpressionSyntax? Body { get; } = body;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children =>
        Concat(externKeyword, keyword, Name, Parameters, arrow, Result, equals, Body);
}

/// <summary>Tokens that begin no declaration; their error is reported.</summary>
public sealed class SkippedDeclarationSyntax(IReadOnlyList<SyntaxToken> tokens) : DeclarationSyntax
{
    /// <inheritdoc/>
    public override SyntaxToken Name { get; } = tokens[0];

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => tokens;
}

/// <summary><c>(classes: int = 10, dropout: float = 0.5)</c></summary>
public sealed class ParameterListSyntax(SyntaxToken open, SeparatedList<ParameterSyntax> parameters, SyntaxToken close) : SyntaxNode
{
    /// <summary>The parameters.</summary>
    public IReadOnlyList<ParameterSyntax> Items => parameters.Items;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(open, parameters.Elements, close);
}

/// <summary><c>classes: int = 10</c></summary>
public sealed class ParameterSyntax(
    SyntaxToken name, SyntaxToken? colon, TypeSyntax? type, SyntaxToken? equals, ExpressionSyntax? value) : SyntaxNode
{
    /// <summary>The name.</summary>
    public SyntaxToken Name { get; } = name;

    /// <summary>What follows the colon.</summary>
    public TypeSyntax? Type { get; } = type;

    /// <summary>The default.</summary>
    public ExpressionSyntax? Default { get; } = value;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(Name, colon, Type, equals, Default);
}

/// <summary>
/// <c>int</c>, <c>int[4]</c>, <c>frozen model</c>, or a tensor: <c>[B, 3, H, W]</c>, <c>bool[T, S]?</c>, <c>[..., d]</c>.
/// </summary>
public sealed class TypeSyntax(
    SyntaxToken? modifier,
    SyntaxToken? name,
    SyntaxToken? open,
    SeparatedList<ExpressionSyntax>? dimensions,
    SyntaxToken? close,
    SyntaxToken? question) : SyntaxNode
{
    /// <summary><c>frozen</c>.</summary>
    public SyntaxToken? Modifier { get; } = modifier;

    /// <summary>The kind or element type, <c>int</c>.</summary>
    public SyntaxToken? Name { get; } = name;

    /// <summary>What stands in brackets; null without brackets.</summary>
    public IReadOnlyList<ExpressionSyntax>? Dimensions => dimensions?.Items;

    /// <summary>Whether a <c>?</c> makes it optional.</summary>
    public bool IsOptional => question is not null;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(Modifier, Name, open, dimensions?.Elements, close, question);
}

/// <summary><c>: [B, 3, H, W] -&gt; [B, classes]</c>, either side also a list of names with types in parentheses.</summary>
public sealed class SignatureSyntax(SyntaxToken colon, PortListSyntax inputs, SyntaxToken? arrow, PortListSyntax? outputs) : SyntaxNode
{
    /// <summary>What flows in.</summary>
    public PortListSyntax Inputs { get; } = inputs;

    /// <summary>What flows out; null for an objective.</summary>
    public PortListSyntax? Outputs { get; } = outputs;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(colon, Inputs, arrow, Outputs);
}

/// <summary>One side of a signature: one type, or <c>(query: [B, T, d], memory: [B, S, d])</c>.</summary>
public sealed class PortListSyntax(SyntaxToken? open, SeparatedList<ParameterSyntax>? ports, TypeSyntax? single, SyntaxToken? close) : SyntaxNode
{
    /// <summary>The named ports, in parentheses.</summary>
    public IReadOnlyList<ParameterSyntax> Ports => ports?.Items ?? [];

    /// <summary>The only, unnamed type.</summary>
    public TypeSyntax? Single { get; } = single;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxElement> Children => Concat(open, ports?.Elements, Single, close);
}
