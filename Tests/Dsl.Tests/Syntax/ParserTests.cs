using Dlm.Dsl.Syntax;
using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Syntax;

/// <summary>What binds how tightly, and where a line ends a statement.</summary>
public sealed class ParserTests
{
    [Theory]
    [InlineData("a + b * c", "(a + (b * c))")]
    [InlineData("a - b - c", "((a - b) - c)")]
    [InlineData("a / b / c % d", "(((a / b) / c) % d)")]
    [InlineData("a @ b + c", "((a @ b) + c)")]
    [InlineData("2 ** 3 ** 2", "(2 ** (3 ** 2))")]
    [InlineData("-a ** 2", "(-(a ** 2))")]
    [InlineData("a ** -b", "(a ** (-b))")]
    [InlineData("-a * b", "((-a) * b)")]
    [InlineData("- - a", "(-(-a))")]
    [InlineData("(a + b) * c", "(((a + b)) * c)")]
    [InlineData("a < b + 1", "(a < (b + 1))")]
    [InlineData("a == b and c != d or e", "(((a == b) and (c != d)) or e)")]
    [InlineData("not a == b and c", "((not(a == b)) and c)")]
    [InlineData("0..n + 1", "(0 .. (n + 1))")]
    [InlineData("0..2", "(0 .. 2)")]
    [InlineData("f(a)(b)[0].c", "f(a)(b)[0].c")]
    [InlineData("-f(a)[0]", "(-f(a)[0])")]
    [InlineData("x[:, -1]", "x[:, (-1)]")]
    [InlineData("x[a:b:2, 1:, :b, ...]", "x[a:b:2, 1:, :b, ...]")]
    [InlineData("f(a, stride: 2, b -> c)", "f(a, stride: 2, {b; c})")]
    [InlineData("if a then b else c + d", "if a then b else (c + d)")]
    [InlineData("if a then b -> c else d -> e", "if a then {b; c} else {d; e}")]
    [InlineData("if a then b else if c then d else e", "if a then b else if c then d else e")]
    [InlineData("1 + if a then 1 else 2", "(1 + if a then 1 else 2)")]
    [InlineData("[1, -2, a]", "[1, (-2), a]")]
    [InlineData("(a, b)", "(a, b)")]
    [InlineData("61_100_840 + 1e-4 + .5", "((61_100_840 + 1e-4) + .5)")]
    public void Binds(string source, string tree) => Assert.Equal(tree, Assert.Single(Statements($"y = {source}")).Split(" = ")[1]);

    [Theory]
    [InlineData("a -> b + c -> d", "{a; (b + c); d}")]
    [InlineData("a -> n: f(1) -> g", "{a; n: f(1); g}")]
    [InlineData("n: a -> b", "{n: a; b}")]
    [InlineData("(a, b) -> f", "{(a, b); f}")]
    [InlineData("a -> { b -> c }", "{a; [{b; c}]}")]
    [InlineData("residual { a }", "residual [a]")]
    [InlineData("n: repeat i in 0..4 { f(i) }", "n: repeat i in (0 .. 4) [f(i)]")]
    [InlineData("repeat 4 { f }", "repeat 4 [f]")]
    [InlineData("parallel { a: { f }  b: { g } } -> h", "{parallel [a: [f] | b: [g]]; h}")]
    public void Flows(string source, string tree) => Assert.Equal(tree, Assert.Single(Statements(source)));

    [Theory]
    [InlineData("a\nb", "a | b")]
    [InlineData("a\n  -> b", "{a; b}")]
    [InlineData("a ->\n  b", "{a; b}")]
    [InlineData("a +\n  b", "(a + b)")]
    [InlineData("f(a,\n  b\n)", "f(a, b)")]
    [InlineData("f(\n  a, b,\n)", "f(a, b)")]
    [InlineData("f\n(a, b) = g", "f | (a, b) = g")]
    [InlineData("f\n[a]", "f | [a]")]
    [InlineData("y = a\nn: f", "y = a | n: f")]
    [InlineData("y = f /* a\n comment */ (b)", "y = f | (b)")]
    [InlineData("const n = 2\nrequire n == 2\nlayer l = f(n)", "const n = 2 | require (n == 2) | layer l = f(n)")]
    [InlineData("{ a } b: { c }", "[a] | b: [c]")]
    public void EndsStatements(string source, string trees) => Assert.Equal(trees, string.Join(" | ", Statements(source)));

    /// <summary>A word has its meaning only in its place, so that a name can be any.</summary>
    [Theory]
    [InlineData("model -> block -> fn", "{model; block; fn}")]
    [InlineData("repeat -> residual -> if -> on", "{repeat; residual; if; on}")]
    [InlineData("repeat: f", "repeat: f")]
    [InlineData("expect = f", "expect = f")]
    [InlineData("const -> layer -> param", "{const; layer; param}")]
    [InlineData("require: f", "require: f")]
    [InlineData("scan: g -> while", "{scan: g; while}")]
    public void WordsAreNamesElsewhere(string source, string tree) => Assert.Equal(tree, Assert.Single(Statements(source)));

    [Fact]
    public void DocumentationIsWhatStandsRightBefore()
    {
        var file = Compiling.Parse("""
            /// not of A

            /// The first.
            ///   Indented.
            ///
            model A : [B] -> [B] { relu }

            /// cut off
            // by this
            model C : [B] -> [B] { relu }
            """);
        Assert.Equal(["The first.", "  Indented.", ""], file.Syntax.Declarations[0].Documentation);
        Assert.Empty(file.Syntax.Declarations[1].Documentation);
    }

    [Fact]
    public void AFileHasANamespaceImportsAndDeclarations()
    {
        var file = Compiling.Parse("""
            namespace A.B
            use C
            use D.E
            model M(n: int = 2, s: string) : (x: [B, n], y: int[B]?) -> (a: [B], b: [..., n]) { x -> relu }
            model F = M(2, "a") expect parameters 1
            fn g(x) = x * 2
            extern fn h(x: [B]) -> [B]
            """);
        Assert.Empty(file.Diagnostics);
        Assert.Equal("A.B", file.Syntax.Namespace?.Name.Text);
        Assert.Equal(["C", "D.E"], file.Syntax.Uses.Select(u => u.Name.Text));
        Assert.Equal(["M", "F", "g", "h"], file.Syntax.Declarations.Select(d => d.Name.Text));
        var signature = Assert.IsType<ModelSyntax>(file.Syntax.Declarations[0]).Signature!;
        Assert.Equal(["x", "y"], signature.Inputs.Ports.Select(p => p.Name.Text));
        Assert.Equal([false, true], signature.Inputs.Ports.Select(p => p.Type!.IsOptional));
        Assert.True(Assert.IsType<FunctionSyntax>(file.Syntax.Declarations[3]).IsExtern);
    }

    private static IEnumerable<string> Statements(string body)
    {
        var file = Compiling.Parse($"model A : [B] -> [B] {{\n{body}\n}}");
        Assert.Empty(file.Diagnostics);
        return Assert.IsType<ModelSyntax>(Assert.Single(file.Syntax.Declarations)).Body!.Statements.Select(TreeText.Of);
    }
}
