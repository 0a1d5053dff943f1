using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Elaboration;

/// <summary>What is named and never used, and what is computed for nothing.</summary>
public sealed class UnusedTests
{
    [Theory]
    [InlineData("y = x -> linear(3)\nx -> linear(2)", "2,1: DLM0130 Nothing uses the value 'y'. Remove it, use it, or call it '_y'.")]
    [InlineData("const n = 2\nlinear(2)", "2,7: DLM0130 Nothing uses the value 'n'. Remove it, use it, or call it '_n'.")]
    [InlineData("const n = 2\nconst m = n\nlinear(m)", "")]
    [InlineData("_y = x -> linear(3)\nx -> linear(2)", "")]
    [InlineData("(a, b) = (x -> linear(2), x -> linear(2))\na -> relu", "2,5: DLM0130 Nothing uses the value 'b'. Remove it, use it, or call it '_b'.")]
    [InlineData("(a, _b) = (x -> linear(2), x -> linear(2))\na -> relu", "")]
    // A stage's name is its key.
    [InlineData("y: linear(2)", "")]
    // In a branch that is not taken here it is used all the same.
    [InlineData("y = x -> linear(3)\nif 1 == 2 then y -> linear(2) else x -> linear(2)", "")]
    // The name of an argument is not a use.
    [InlineData("bias = true\nlinear(2, bias: false)", "2,1: DLM0130 Nothing uses the value 'bias'. Remove it, use it, or call it '_bias'.")]
    [InlineData("bias = true\nlinear(2, bias: bias)", "")]
    public void AValue(string body, string expected) => Check($"model A : (x: [B, 4]) -> [B, 2] {{\n{body}\n}}", expected);

    [Theory]
    [InlineData("linear(3) -> relu\nx -> linear(2)", "2,14: DLM0131 What 'relu' makes here flows nowhere: the next line begins with something else. Name it and use the name, or remove it.")]
    [InlineData("g: {\nlinear(3)\nx -> linear(2)\n}", "3,1: DLM0131 What 'linear' makes here flows nowhere: the next line begins with something else. Name it and use the name, or remove it.")]
    [InlineData("linear(3) -> relu\nlinear(2)", "")]
    [InlineData("y = linear(3)\ny -> linear(2)", "")]
    public void AStage(string body, string expected) => Check($"model A : (x: [B, 4]) -> [B, 2] {{\n{body}\n}}", expected);

    [Theory]
    [InlineData("(x: [B, 4], y: [B, 4])", "x -> linear(2)", "1,23: DLM0130 Nothing uses the input 'y'. Remove it, use it, or call it '_y'.")]
    [InlineData("(x: [B, 4], _y: [B, 4])", "x -> linear(2)", "")]
    [InlineData("(x: [B, 4], y: [B, 4])", "concat(dim: 1) -> linear(2)", "")]
    public void AnInput(string inputs, string body, string expected) => Check($"model A : {inputs} -> [B, 2] {{\n{body}\n}}", expected);

    [Theory]
    [InlineData("fn f(x, y) = x * 2", "1,9: DLM0110 Nothing uses the parameter 'y'. Remove it, or use it.")]
    [InlineData("fn f(x, _y) = x * 2", "")]
    [InlineData("fn f(x, y = 3) = x * y", "")]
    public void AParameterOfAFunction(string function, string expected) => Check($"{function}\nmodel A : [B, 4] -> [B, 2] {{ linear(2) }}", expected);

    [Fact]
    public void AParameterOfAFamily() => Check(
        "model F(unit: block, n: int, m: int) : [B, 4] -> [B, 2] { unit -> linear(n) }\nblock U : [B, 4] -> [B, 2] { linear(2) }\nmodel G = F(U, 2, 3)",
        "1,30: DLM0110 Nothing uses the parameter 'm'. Remove it, or use it.");

    [Fact]
    public void InAFileWithAnErrorNothingIsUnused() => Assert.Equal(
        ["DLM0101"], Compiling.Diagnose("use Other\nfn f(x, y) = x\nmodel A : (x: [B, 4]) -> [B, 2] {\ny = x -> linear(2)\nz -> linear(2)\n}").Select(d => d.Id));

    [Fact]
    public void ANamespace()
    {
        var block = Compiling.Parse("namespace Lib\nblock Layer : [B, 4] -> [B, 2] { linear(2) }", "lib.dlm");
        var used = Compiling.Parse("use Lib\nmodel A : [B, 4] -> [B, 2] { Layer }", "a.dlm");
        Assert.Empty(DlmCompiler.Compile(used, new([block]), Compiling.Options).Diagnostics);
        var twice = Compiling.Parse("use Lib\nuse Lib\nuse Project\nmodel A : [B, 4] -> [B, 2] { Layer }", "a.dlm");
        Assert.Equal(
            "2,1: DLM0132 Nothing here is from the namespace 'Lib'. Remove this line.\n3,1: DLM0132 Nothing here is from the namespace 'Project'. Remove this line.",
            Compiling.Listed(DlmCompiler.Compile(twice, new([block]), Compiling.Options).Diagnostics));
    }

    private static void Check(string text, string expected) => Assert.Equal(expected, Compiling.Listed(Compiling.Diagnose(text)));
}
