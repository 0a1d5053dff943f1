using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Tests.Shapes;

/// <summary>Sizes by example: their text, rounding, and what does not fit.</summary>
public sealed class DimTests
{
    private static readonly Dim B = Dim.Symbol("B", DimSymbolKind.Input);
    private static readonly Dim H = Dim.Symbol("H", DimSymbolKind.Input);
    private static readonly Dim K = Dim.Symbol("k", DimSymbolKind.Parameter);

    public static TheoryData<Dim, string> Texts() => new()
    {
        { Dim.Zero, "0" },
        { -5, "-5" },
        { long.MinValue, "-9223372036854775808" },
        { H, "H" },
        { 2 - H, "2 - H" },
        { H * -1, "-H" },
        { H * H * 3 + B - 1, "B + 3 * H * H - 1" },
        { K * (H + 1), "H * k + k" },
        { (H + 1) - (H + 1), "0" },
        { Dim.FloorDivide(H, 2), "H / 2" },
        { Dim.FloorDivide(H + 1, 2) + 1, "(H + 1) / 2 + 1" },
        { 3 - Dim.FloorDivide(H, 2), "3 - H / 2" },
        { Dim.FloorDivide(H, 2) * -1, "-(H / 2)" },
        { B * -1 - Dim.FloorDivide(H, 2), "-B - H / 2" },
        { Dim.FloorDivide(H + 1, 2) * 3, "3 * ((H + 1) / 2)" },
        { Dim.FloorDivide(H * B, K), "(B * H) / k" },
        { Dim.FloorDivide(H, K * 2), "H / (2 * k)" },
        { Dim.FloorDivide(Dim.FloorDivide(H, K), B), "(H / k) / B" },
        { H % 2, "H - 2 * (H / 2)" },
    };

    [Theory, MemberData(nameof(Texts))]
    public void HasOneText(Dim dim, string text) => Assert.Equal(text, dim.ToString());

    [Fact]
    public void HalvingFourTimesIsDividingBySixteen()
    {
        var size = H;
        for (var i = 0; i < 4; i++) size = Dim.FloorDivide(size, 2);
        Assert.Equal(Dim.FloorDivide(H, 16), size);
    }

    [Fact]
    public void AConvolutionOfStrideTwoRoundsUp() =>
        // (H + 2 * 1 - 3) / 2 + 1
        Assert.Equal(Dim.FloorDivide(H + 1, 2), Dim.FloorDivide(H + 2 - 2 - 1, 2) + 1);

    [Theory]
    [InlineData(7, 2, 3, 1, 4)]
    [InlineData(-7, 2, -4, 1, -3)]
    [InlineData(7, -2, -4, -1, -3)]
    [InlineData(-7, -2, 3, -1, 4)]
    [InlineData(-6, 3, -2, 0, -2)]
    public void RoundsTowardsMinusInfinity(long a, long b, long quotient, long remainder, long ceiling)
    {
        Assert.Equal(quotient, Dim.FloorDivide(a, b).Value);
        Assert.Equal(remainder, ((Dim)a % b).Value);
        if (b > 0) Assert.Equal(ceiling, Dim.CeilingDivide(a, b).Value);
    }

    [Fact]
    public void WhatDoesNotFitThrows()
    {
        Assert.Throws<OverflowException>(() => (Dim)long.MaxValue + 1);
        Assert.Throws<OverflowException>(() => (Dim)long.MaxValue * 2);
        Assert.Throws<OverflowException>(() => (Dim)long.MinValue * -1);
        Assert.Throws<OverflowException>(() => Dim.Zero - long.MinValue);
        Assert.Throws<OverflowException>(() => H * long.MaxValue * 2);
        Assert.Throws<OverflowException>(() => H * long.MaxValue + H);
        Assert.Throws<OverflowException>(() => Dim.FloorDivide(long.MinValue, -1));
        Assert.Throws<DivideByZeroException>(() => Dim.FloorDivide(H, 0));
    }

    [Fact]
    public void KnowsItsSymbols()
    {
        var dim = Dim.FloorDivide(H * K + 1, B) + K;
        Assert.Equal(["B", "H", "k"], dim.Symbols.Select(s => s.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.Null(dim.Value);
        Assert.Null(dim.AsSymbol);
        Assert.Equal("k", K.AsSymbol?.Name);
        Assert.Null((K * 2).AsSymbol);
    }

    [Fact]
    public void AChoiceIsMadeWhenItsConditionIsKnown()
    {
        var choice = Dim.Choose(Condition.Compare("==", new IntValue(K), new IntValue(0)), 2, H);
        Assert.Equal("if k == 0 then 2 else H", choice.ToString());
        Assert.Equal(2, choice.Substitute(s => s.Name == "k" ? 0 : null).Value);
        Assert.Equal(H, choice.Substitute(s => s.Name == "k" ? 1 : null));
        Assert.Equal(H, Dim.Choose(Condition.Compare("<", new IntValue(K), new IntValue(3)), H, H));
    }
}
