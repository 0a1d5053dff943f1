using System.Numerics;
using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Dlm.Dsl.Tests.Shapes;

/// <summary>Bringing a size to its normal form never changes its value.</summary>
public sealed class DimPropertyTests
{
    [Fact]
    public void TheNormalFormHasTheSameValue() => Check(1000, (a, _, _, values) =>
    {
        if (Normal(a) is not { } dim || a.Compute(values) is not { } expected) return;
        Assert.Equal(expected, (BigInteger?)At(dim, values));
    });

    [Fact]
    public void SubstitutionInPartsIsSubstitution() => Check(500, (a, b, _, values) =>
    {
        if (Normal(a) is not { } dim || Normal(b) is not { } other || a.Compute(values) is null || b.Compute(values) is not { } inner) return;
        // First a formula in the place of h, then numbers in the place of the rest.
        if (Try(() => dim.Substitute(s => s.Name == "h" ? other : null)) is not { } replaced) return;
        var direct = a.Compute(new Dictionary<string, long>(values) { ["h"] = (long)inner });
        if (direct is null || At(replaced, values) is not { } value) return;
        Assert.Equal(direct.Value, (BigInteger)value);
    });

    [Fact]
    public void EqualByTheLawsOfArithmeticIsEqual() => Check(500, (a, b, c, _) =>
    {
        if (Normal(a) is not { } x || Normal(b) is not { } y || Normal(c) is not { } z) return;
        Try(() =>
        {
            Assert.Equal(x + y, y + x);
            Assert.Equal(x * y, y * x);
            Assert.Equal(x + y + z, x + (y + z));
            Assert.Equal(x * y * z, x * (y * z));
            Assert.Equal((x + y) * z, x * z + y * z);
            Assert.Equal(x - y + y, x);
            Assert.Equal(Dim.Zero, x - x);
            Assert.Equal((x + y).GetHashCode(), (y + x).GetHashCode());
            return x;
        });
    });

    [Fact]
    public void AMultipleDividesEvenly() => Check(500, (a, b, _, _) =>
    {
        if (Normal(a) is not { } x || Normal(b) is not { } y) return;
        foreach (var divisor in (Dim[])[3, Dim.Symbol("k", DimSymbolKind.Parameter), 2 * Dim.Symbol("k", DimSymbolKind.Parameter)])
        {
            Try(() =>
            {
                Assert.Equal(x, Dim.FloorDivide(x * divisor, divisor));
                Assert.Equal(Dim.Zero, x * divisor % divisor);
                Assert.Equal(x + Dim.FloorDivide(y, divisor), Dim.FloorDivide(x * divisor + y, divisor));
                return x;
            });
        }
    });

    [Fact]
    public void QuotientAndRemainderMakeTheWhole() => Check(500, (a, b, _, values) =>
    {
        if (Normal(a) is not { } x || Normal(b) is not { } y || y.Value == 0 || b.Compute(values) is not { IsZero: false } divisor) return;
        Try(() =>
        {
            Assert.Equal(x, y * Dim.FloorDivide(x, y) + x % y);
            if (At(x % y, values) is { } rest) Assert.True(divisor.Sign > 0 ? rest >= 0 && rest < divisor : rest <= 0 && rest > divisor, $"{rest} of {divisor}");
            return x;
        });
    });

    /// <summary>What a message shows can be copied into a signature and means the same there.</summary>
    [Fact]
    public void TheTextIsTheLanguages() => Check(300, (a, _, _, _) =>
    {
        if (Normal(a) is not { Value: null } dim) return;
        var scope = new Scope();
        foreach (var name in DimExpression.Names) scope.Declare(name, new IntValue(Dim.Symbol(name, DimSymbolKind.Parameter)));
        var model = Compiling.Parse($"model A : [{dim}] -> [_] {{ }}").Syntax.Declarations.OfType<Dlm.Dsl.Syntax.ModelSyntax>().Single();
        var value = new StaticEvaluator(scope, new DiagnosticBag(new Dlm.Dsl.Text.SourceText("", ""))).Evaluate(model.Signature!.Inputs.Single!.Dimensions!.Single());
        Assert.Equal(dim, Assert.IsType<IntValue>(value).Dim);
    });

    // The laws hold on every run of the same formulas.
    private static void Check(int count, Action<DimExpression, DimExpression, DimExpression, Dictionary<string, long>> law)
    {
        var formulas = from three in DimExpression.Any.Three()
                       from values in DimExpression.Values
                       select (three.Item1, three.Item2, three.Item3, Values: values);
        var config = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(count).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(2026, 11), null)));
        FsCheck.Check.One(config, Prop.ForAll(Arb.From(formulas), f => law(f.Item1, f.Item2, f.Item3, f.Values)));
    }

    // Null where a number leaves 64 bits, a formula gets too long, or the divisor is zero whatever the names stand for.
    private static Dim? Normal(DimExpression expression) => Try(expression.ToDim);

    private static Dim? Try(Func<Dim> dim)
    {
        try
        {
            return dim();
        }
        catch (Exception exception) when (exception is OverflowException or DivideByZeroException or TooLargeException)
        {
            return null;
        }
    }

    private static long? At(Dim dim, Dictionary<string, long> values) => Try(() => dim.Substitute(s => values[s.Name]))?.Value;
}
