using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Elaboration;

/// <summary><c>if ... then ... else ...</c>: what may decide, and what the branches may give.</summary>
public sealed class ChoiceTests
{
    [Theory]
    [InlineData("(p, q) = if a and b then (a, b) else (x, x * 2)\np + q")]
    [InlineData("(p, q) = if a then (a, x) else (x, x * 2)\np + q")]
    [InlineData("if a and b and c then a + b + c else x")]
    [InlineData("(p, q) = if n > 2 then (x, x * 2) else (x * 3, x)\np + q")]
    [InlineData("(p, q) = if a and a then (a, a + x) else (x, x)\np + q")]
    public void IsPossible(string body) => Assert.Empty(Diagnose(body));

    [Theory]
    [InlineData("if a and b then a + c else x", "DLM0122", "Ask first: if c then")]
    [InlineData("(p, q) = if a and b then (a, b) else (x, b)\np + q", "DLM0122", "'b' is optional")]
    [InlineData("(p, q) = if a and b then (a, b) else x\np + q", "DLM0112", "Both branches give equally many tensors.")]
    [InlineData("(p, q) = if a then (a, x) else (x, x -> linear(5))\np + (q -> linear(4))", "DLM0209", "[B, 5]")]
    [InlineData("if a or b then x else x * 2", "DLM0122", "'a' is optional")]
    public void IsWrong(string body, string id, string text)
    {
        var only = Assert.Single(Diagnose(body));
        Assert.Equal(id, only.Id);
        Assert.Contains(text, Compiling.Listed([only]));
    }

    [Theory]
    [InlineData("fn sum(p, q) = p + q", "(x, x * 2) -> sum")]
    [InlineData("fn sum(p, q, factor) = (p + q) * factor", "(x, x * 2) -> sum(3)")]
    [InlineData("fn sum(p, q, factor = 2) = (p + q) * factor", "(x, x * 2) -> sum")]
    public void ATupleFlowsIntoAFunction(string function, string body) =>
        Assert.DoesNotContain(Compiling.Diagnose($"{function}\nmodel M : (x: [B, 4]) -> [B, 4] {{ {body} }}"), d => d.Severity == Severity.Error);

    [Fact]
    public void ATupleThatIsTooLongForAFunctionIsRefused() =>
        Assert.Contains("DLM0103", Compiling.Listed(Compiling.Diagnose("fn sum(p, q) = p + q\nmodel M : (x: [B, 4]) -> [B, 4] { (x, x, x) -> sum }")));

    private static IEnumerable<Diagnostic> Diagnose(string body) => Compiling
        .Diagnose($"model M(n: int = 3) : (x: [B, 4], a: [B, 4]?, b: [B, 4]?, c: [B, 4]?) -> [B, 4] {{ {body} }}")
        .Where(d => d.Severity == Severity.Error);
}
