using System.Numerics;
using Dlm.Dsl.Shapes;
using FsCheck;
using FsCheck.Fluent;

namespace Dlm.Dsl.Tests.Shapes;

/// <summary>A formula as it was written, which is computed in two ways: by its normal form, and by plain arithmetic.</summary>
internal abstract record DimExpression
{
    public static readonly string[] Names = ["h", "w", "k"];

    /// <summary>In normal form.</summary>
    public abstract Dim ToDim();

    /// <summary>By plain arithmetic that cannot overflow; null where something is divided by zero.</summary>
    public abstract BigInteger? Compute(IReadOnlyDictionary<string, long> values);

    /// <summary>Formulas over three names, small numbers and every operation.</summary>
    public static Gen<DimExpression> Any => Gen.Sized(size => OfDepth(Math.Min(4, 1 + size / 12)));

    /// <summary>Values for the names, negative ones too.</summary>
    public static Gen<Dictionary<string, long>> Values =>
        Gen.Choose(-12, 40).ArrayOf(Names.Length).Select(all => Names.Zip(all).ToDictionary(pair => pair.First, pair => (long)pair.Second));

    private static Gen<DimExpression> OfDepth(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Choose(-9, 9).Select(value => (DimExpression)new Number(value)),
            Gen.Elements(Names).Select(name => (DimExpression)new Name(name)));
        if (depth == 0) return leaf;
        var inner = OfDepth(depth - 1);
        var operation = from left in inner
                        from right in inner
                        from sign in Gen.Elements('+', '-', '*')
                        select (DimExpression)new Binary(sign, left, right);
        var byNumber = from left in inner
                       from right in Gen.Choose(1, 7)
                       select (DimExpression)new Binary('/', left, new Number(right));
        var division = from left in inner
                       from right in inner
                       from sign in Gen.Elements('/', '%')
                       select (DimExpression)new Binary(sign, left, right);
        return Gen.Frequency<DimExpression>([(1, leaf), (4, operation), (2, byNumber), (1, division)]);
    }

    public sealed record Number(long Value) : DimExpression
    {
        public override Dim ToDim() => Value;

        public override BigInteger? Compute(IReadOnlyDictionary<string, long> values) => Value;

        public override string ToString() => $"{Value}";
    }

    public sealed record Name(string Text) : DimExpression
    {
        public override Dim ToDim() => Dim.Symbol(Text, DimSymbolKind.Parameter);

        public override BigInteger? Compute(IReadOnlyDictionary<string, long> values) => values[Text];

        public override string ToString() => Text;
    }

    public sealed record Binary(char Sign, DimExpression Left, DimExpression Right) : DimExpression
    {
        public override Dim ToDim() => Sign switch
        {
            '+' => Left.ToDim() + Right.ToDim(),
            '-' => Left.ToDim() - Right.ToDim(),
            '*' => Left.ToDim() * Right.ToDim(),
            '/' => Dim.FloorDivide(Left.ToDim(), Right.ToDim()),
            _ => Left.ToDim() % Right.ToDim(),
        };

        public override BigInteger? Compute(IReadOnlyDictionary<string, long> values)
        {
            if (Left.Compute(values) is not { } a || Right.Compute(values) is not { } b) return null;
            return Sign switch
            {
                '+' => a + b,
                '-' => a - b,
                '*' => a * b,
                _ when b.IsZero => null,
                '/' => FloorDivide(a, b),
                _ => a - b * FloorDivide(a, b),
            };
        }

        public override string ToString() => $"({Left} {Sign} {Right})";

        private static BigInteger FloorDivide(BigInteger a, BigInteger b)
        {
            var quotient = BigInteger.DivRem(a, b, out var rest);
            return !rest.IsZero && rest.Sign != b.Sign ? quotient - 1 : quotient;
        }
    }
}
