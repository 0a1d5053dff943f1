using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Tests.Shapes;

/// <summary>What follows from a claim.</summary>
public sealed class FactsTests
{
    private static readonly Dim H = Dim.Symbol("H", DimSymbolKind.Input);
    private static readonly Dim D = Dim.Symbol("d", DimSymbolKind.Parameter);
    private static readonly Dim Heads = Dim.Symbol("heads", DimSymbolKind.Parameter);

    [Fact]
    public void AMultipleHalvesEvenly()
    {
        var facts = Facts.None.And(Divides(H, 16));
        var (down, up) = (H, (Dim?)null);
        for (var level = 0; level < 4; level++) down = Dim.FloorDivide(down, 2);
        for (var level = 0; level < 4; level++) up = (up ?? down) * 2;
        Assert.False(Facts.None.AreEqual(up!, H));
        Assert.True(facts.AreEqual(up!, H));
        Assert.True(facts.AreEqual(Dim.FloorDivide(H, 8), Dim.FloorDivide(H, 16) * 2));
        Assert.False(facts.AreEqual(Dim.FloorDivide(H, 32) * 2, Dim.FloorDivide(H, 16)));
    }

    [Fact]
    public void AMultipleOfAParameterDividesByIt()
    {
        var facts = Facts.None.And(Divides(D, Heads));
        Assert.True(facts.AreEqual(Heads * Dim.FloorDivide(D, Heads), D));
        Assert.True(facts.AreEqual(Dim.FloorDivide(2 * D, Heads), 2 * Dim.FloorDivide(D, Heads)));
        Assert.False(facts.AreEqual(4 * Dim.FloorDivide(D, 4), D));
    }

    [Fact]
    public void SeveralClaimsHoldTogether()
    {
        var facts = Facts.None.And(Divides(H, 8)).And(Divides(H, 12)).And(Divides(D, Heads)).And(Divides(D, 4));
        Assert.True(facts.AreEqual(Dim.FloorDivide(H, 24) * 24, H));
        Assert.True(facts.AreEqual(Heads * Dim.FloorDivide(D, Heads), D));
        Assert.True(facts.AreEqual(4 * Dim.FloorDivide(D, 4), D));
    }

    [Fact]
    public void ARemainderIsKnown()
    {
        var facts = Facts.None.And(Equal(H % 4, 3));
        Assert.True(facts.AreEqual(Dim.FloorDivide(H, 4) * 4 + 3, H));
        Assert.True(facts.AreEqual(Dim.FloorDivide(H + 1, 2) * 2, H + 1));
        Assert.True(Facts.None.And(Divides(H + 2, 4)).AreEqual(Dim.FloorDivide(H, 4) * 4 + 2, H));
        Assert.True(Facts.None.And(Divides(3 * H, 4)).AreEqual(Dim.FloorDivide(H, 4) * 4, H));
    }

    [Fact]
    public void EqualSizesStandForEachOther()
    {
        var w = Dim.Symbol("W", DimSymbolKind.Input);
        var facts = Facts.None.And(Equal(H, w)).And(Equal(D, Heads * 64));
        Assert.True(facts.AreEqual(Dim.FloorDivide(H, 2), Dim.FloorDivide(w, 2)));
        Assert.True(facts.AreEqual(Dim.FloorDivide(D, Heads), 64));
        Assert.False(facts.AreEqual(H, D));
    }

    [Fact]
    public void WhatFollowsIsDecided()
    {
        var facts = Facts.None.And(Divides(H, 16)).And(Condition.Compare(">=", Value(H), Value(32)));
        Assert.Equal(new BoolValue(true), facts.Decide(Divides(H, 8)));
        Assert.Equal(new BoolValue(false), facts.Decide(Equal(H % 16, 3)));
        Assert.Equal(new BoolValue(true), facts.Decide(Condition.Compare(">=", Value(H), Value(32))));
        Assert.IsType<Comparison>(facts.Decide(Divides(H, 32)));
    }

    [Theory]
    // What all terms share with the divisor leaves the quotient.
    [InlineData(8, 0, 16, "H / 2")]
    [InlineData(8, 3, 16, "H / 2")]
    [InlineData(6, 5, 4, "H + H / 2 + 1")]
    [InlineData(16, 8, 8, "2 * H + 1")]
    public void AQuotientIsInLowestTerms(long factor, long offset, long divisor, string expected) =>
        Assert.Equal(expected, Dim.FloorDivide(H * factor + offset, divisor).ToString());

    private static IntValue Value(Dim dim) => new(dim);

    private static StaticValue Divides(Dim size, Dim divisor) => Equal(size % divisor, 0);

    private static StaticValue Equal(Dim a, Dim b) => Condition.Compare("==", Value(a), Value(b));
}
