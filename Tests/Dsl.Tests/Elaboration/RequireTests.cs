using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Elaboration;

/// <summary><c>require</c>: what it lets the compiler prove, and who checks it.</summary>
public sealed class RequireTests
{
    private const string Down = "a = x -> conv(8, 3, pad: 1)\nb = a -> maxpool(2)\nc = b -> maxpool(2)\nd = c -> maxpool(2)\ne = d -> maxpool(2)\n";
    private const string Up = "f = (e -> upsample(2), d) -> concat(dim: 1)\ng = (f -> upsample(2), c) -> concat(dim: 1)\nh = (g -> upsample(2), b) -> concat(dim: 1)\n(h -> upsample(2), a) -> concat(dim: 1)\n";

    private static string UNet(string require) => $"model UNet : (x: [B, 3, H, W]) -> [B, _, H, W] {{\n{require}\n{Down}{Up}}}\n";

    [Theory]
    [InlineData("require H % 16 == 0 and W % 16 == 0")]
    [InlineData("require H % 32 == 0\nrequire W % 48 == 0")]
    [InlineData("require (H % 8 == 0) and (H % 16 == 0 and W % 16 == 0)")]
    [InlineData("require H % 16 == 0 and H == W")]
    [InlineData("const down = 2 ** 4\nrequire H % down == 0 and W % down == 0")]
    public void TheSkipsOfAUNetConcatenate(string require) => Assert.Empty(Compiling.Diagnose(UNet(require)));

    [Fact]
    public void WithoutItOneErrorShowsASizeThatFails()
    {
        var error = Assert.Single(Compiling.Diagnose(UNet("")));
        Assert.Equal(
            """
            'concat' needs shapes that broadcast.
                left       [B, 8, 2 * (H / 16), 2 * (W / 16)]   from upsample, line 8
                right  d   [B, 8, H / 8, W / 8]                 from maxpool, line 6
                they differ in: height 2 * (H / 16) and H / 8, width 2 * (W / 16) and W / 8
                for H = 24: 12, 6, 3, 1, 2 is not 3
                help: begin the model's body with: require H % 16 == 0 and W % 16 == 0
            """, error.Message, ignoreLineEndingDifferences: true);
    }

    /// <summary>The hint is worth something: with what it says there is no error left.</summary>
    [Theory]
    [InlineData("[B, 3, H, W] -> [B, 3, H, W]", "maxpool(2) -> upsample(2)", "for H = 3: 1, 2 is not 3", "require H % 2 == 0 and W % 2 == 0")]
    [InlineData("[B, 3, H, 36] -> [B, _, H, 36]", "maxpool(2) -> maxpool(3) -> upsample(6)", "for H = 7: 3, 1, 6 is not 7", "require H % 6 == 0")]
    [InlineData("[B, 3, H, 32] -> [B, _, H, _]", "conv(3, 3, stride: 2, pad: 1) -> upsample(2)", "for H = 3: 2, 4 is not 3", "require H % 2 == 0")]
    [InlineData("[B, 3, H, 32] -> [B, _, H, _]", "conv(3, 3, stride: 2) -> conv_transpose(3, 3, stride: 2)", "for H = 4: 1, 3 is not 4", "require H % 2 == 1")]
    public void TheHintMendsIt(string signature, string stages, string example, string hint)
    {
        var error = Assert.Single(Compiling.Diagnose($"model A : {signature} {{ {stages} }}"));
        Assert.Equal("DLM0202", error.Id);
        Assert.Contains(example, error.Message);
        Assert.Contains($"begin the model's body with: {hint}", error.Message);
        Assert.Empty(Compiling.Diagnose($"model A : {signature} {{\n{hint}\n{stages} }}"));
    }

    [Fact]
    public void ABlockMayClaimItOfItsInput()
    {
        const string Block = "block Halve : (x: [B, C, H, W]) -> [B, C, H, W] {\n  require H % 2 == 0 and W % 2 == 0\n  (x -> maxpool(2) -> upsample(2)) + x\n}\n";
        // The caller's sizes decide at build time, or the model checks its input.
        Assert.Empty(Compiling.Diagnose(Block + "model A : [B, 3, 32, 32] -> [B, 3, 32, 32] { Halve }"));
        var error = Assert.Single(Compiling.Diagnose(Block + "model A : [B, 3, 30, 30] -> [B, 3, 15, 15] { maxpool(2) -> Halve }"));
        Assert.Equal("DLM0116", error.Id);
        Assert.StartsWith("'H % 2 == 0' does not hold for H = 15.", error.Message);
        var open = Compiling.Model(Block + "model A : [B, 3, H, W] -> [B, 3, _, _] { maxpool(3, stride: 1) -> Halve }");
        Assert.Equal(
            ["H >= 4", "W >= 4", "H - 2 * (H / 2) == 0", "W - 2 * (W / 2) == 0"],
            open.Class.InputChecks.Select(c => c.Condition.ToString()));
    }

    [Fact]
    public void ABlockKnowsWhatItsCallerClaims() => Assert.Empty(Compiling.Diagnose("""
        block Down : (x: [B, C, H, W]) -> [B, C, H, W] {
          (x -> maxpool(2) -> upsample(2)) + x
        }
        model A : [B, 3, H, W] -> [B, 3, H, W] {
          require H % 2 == 0 and W % 2 == 0
          Down
        }
        """));

    [Fact]
    public void EverySizeTheStagesNeedIsOneCheckOfTheInput()
    {
        var model = Compiling.Model("model A : [B, 3, H, W] -> [B, 8, _, _] { conv(8, 11, stride: 4, pad: 2) -> maxpool(3, stride: 2) -> maxpool(3, stride: 2) -> maxpool(3, stride: 2) }");
        Assert.Equal(["H >= 63", "W >= 63"], model.Class.InputChecks.Select(c => c.Condition.ToString()));
        Assert.Contains("H must be at least 63 (maxpool: its output's height must be at least 1)", model.Class.InputChecks[0].Message);
    }

    [Theory]
    [InlineData("d >= 4", "if (d < 4) throw new global::System.ArgumentOutOfRangeException(\"d\", d, \"A: 'd >= 4' does not hold for d = \" + d + \". Choose other arguments.\");")]
    [InlineData("d % heads == 0", "if (d % heads != 0) throw new global::System.ArgumentException(\"A: 'd % heads == 0' does not hold for d = \" + d + \", heads = \" + heads + \". Choose other arguments.\");")]
    [InlineData("d == 4 * heads", "if (d != 4 * heads) throw")]
    [InlineData("d != heads", "if (d == heads) throw")]
    [InlineData("rate < 1", "if (rate >= 1) throw new global::System.ArgumentException(\"A: 'rate < 1' does not hold for rate = \" + rate + \". Choose other arguments.\");")]
    [InlineData("d > 2 or heads > 2", "if ((d <= 2 && heads <= 2)) throw")]
    public void TheConstructorChecksParameters(string claim, string expected)
    {
        var csharp = Compiling.CSharp($"model A(d: int = 8, heads: int = 2, rate: float = 0.5) : [B, 4] -> [B, d] {{\nrequire {claim} // why\nlinear(d) -> dropout(rate)\nlinear(heads) -> linear(d)\n}}");
        Assert.Contains(expected, csharp);
    }

    [Fact]
    public void TheInputChecksSizes()
    {
        var csharp = Compiling.CSharp(UNet("require H % 16 == 0 /* skips */ and W % 16 == 0"));
        Assert.Contains("if (sizeH % 16 != 0)", csharp);
        Assert.Contains("\"UNet: 'W % 16 == 0' does not hold for W = \" + sizeW + \". Pad, crop or resize the input.\"", csharp);
        Assert.DoesNotContain("skips", csharp);
    }

    [Fact]
    public void WhatIsFalseForTheDefaultsIsAnError()
    {
        var error = Assert.Single(Compiling.Diagnose("model A(d: int = 30, heads: int = 4) : [B, 4] -> [B, d] { require d % // not yet\n heads == 0\n linear(heads) -> linear(d) }"));
        Assert.Equal("'d % heads == 0' does not hold for d = 30, heads = 4. Choose other arguments.", error.Message);
        Assert.Equal(Severity.Error, error.Severity);
    }

    // Found by changing models at random.
    [Fact]
    public void ASizeThatASwitchDecidesKnowsItsSwitch()
    {
        const string Block = "block Cut(small: bool) : [B, C, H, W] -> [B, 8, _, _] {\nrepeat i in 0..3 { if small then conv(8, 3) else conv(8, 5) }\n}\n";
        var model = Compiling.Model(Block + "model A(tiny: bool = true) : [B, 3, H, W] -> [B, _, _, _] { Cut(tiny) -> Cut(true) }");
        Assert.Equal(["tiny"], model.Class.InputChecks.SelectMany(check => check.Condition.Parameters).Distinct());
        Assert.Contains("_tiny", Compiling.CSharp(Block + "model A(tiny: bool = true) : [B, 3, H, W] -> [B, _, _, _] { Cut(tiny) -> Cut(true) }"));
    }

    [Fact]
    public void AModelCannotRepeatByASizeThatFlowsIn() => Assert.Equal(
        "1,57: DLM0117 'B' depends on B, which is known only when the model is called. Decide by parameters and by sizes that the signature fixes.",
        Compiling.Listed(Compiling.Diagnose("model A : [B, 8, 4, 4] -> [B, 8, 4, 4] { layers: repeat B { conv(8, 3, pad: 1) } }")));

    /// <summary>What a block requires is its caller's to see to, through any number of calls, and a family's is its member's.</summary>
    [Theory]
    [InlineData("model A : [B, 8] -> [B, 8] {\n  Two(3)\n}", "7,3: DLM0116 'D % n == 0' does not hold for D = 8, n = 3. Choose other arguments.\n    in One, line 2\n    in Two, line 5")]
    [InlineData("model F(n: int) : [B, 8] -> [B, 8] { Two(n) }\nmodel A = F(2)\nmodel C = F(5)", "8,11: DLM0116 'D % n == 0' does not hold for D = 8, n = 5. Choose other arguments.\n    in One, line 2\n    in Two, line 5\n    in F, line 6")]
    public void WhatABlockRequiresIsSaidOfTheCall(string text, string expected) => Assert.Equal(expected, Compiling.Listed(Compiling.Diagnose(
        "block One(n: int) : (x: [B, D]) -> [B, D] {\n  require D % n == 0\n  relu\n}\nblock Two(n: int) : [B, D] -> [B, D] { One(n) -> relu }\n" + text)));

    [Fact]
    public void AShapeThatAFunctionCannotWorkWithIsSaidOfTheCall()
    {
        var error = Assert.Single(Compiling.Diagnose("fn mix(x, y) = x + y\nmodel A : (x: [B, 8], y: [B, 4]) -> [B, 8] {\n  mix(x, y)\n}"));
        Assert.Equal((2, "DLM0204"), (error.Start.Line, error.Id));
        Assert.Contains("    in mix, line 1\n", error.Message.ReplaceLineEndings("\n"));
    }
}
