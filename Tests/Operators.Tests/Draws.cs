using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Dlm.Operators.Tests;

/// <summary>Draws calls of any row of the operator table from its arguments alone, always the same ones.</summary>
internal static class Draws
{
    private const int Batch = 400;
    private const int MostBatches = 60;
    private const int MostElements = 4096;

    private static readonly Gen<long> Size = Gen.Elements(1L, 1L, 2L, 2L, 3L, 4L, 4L, 5L, 6L, 8L, 9L, 12L);

    private static readonly Gen<StaticValue> Scale = Gen.Elements<StaticValue>(
        new IntValue(1), new IntValue(2), new IntValue(3), new FloatValue(0.5), new FloatValue(1.25), new FloatValue(1.5), new FloatValue(0.3), new FloatValue(0));

    private static readonly Gen<ElementType> Element = Gen.Frequency<ElementType>(
        (6, Gen.Constant(ElementType.Float)), (2, Gen.Constant(ElementType.Int)), (1, Gen.Constant(ElementType.Bool)), (1, Gen.Constant(ElementType.Float64)));

    /// <summary>
    /// Different calls: <paramref name="accepted"/> that the compiler accepts and <paramref name="rejected"/> that libtorch has to
    /// reject, too, or as many as are found.
    /// </summary>
    public static IReadOnlyList<Verdict> Of(Operator row, int accepted, int rejected)
    {
        var (good, bad, seen) = (new List<Verdict>(), new List<Verdict>(), new HashSet<string>(StringComparer.Ordinal));
        var seed = row.Name.Aggregate(17UL, (sum, letter) => unchecked(sum * 31 + letter));
        for (var batch = 0; batch < MostBatches && (good.Count < accepted || (bad.Count < rejected && batch < MostBatches / 20)); batch++)
        {
            // What was accepted once tells what kind of tensors the row takes.
            var kinds = good.Select(v => v.Draw.Tensors.Select(t => t is null ? ((ElementType, int)?)null : (t.Element, t.Rank)).ToArray()).ToArray();
            var inputs = kinds.Length == 0 ? Any(row) : Gen.Frequency((1, Any(row)), (4, Gen.Elements(kinds)));
            var draws = SpecialDraws.Find(row) ?? Calls(row, inputs);
            foreach (var draw in draws.Sample(50, new Rnd(seed + (ulong)batch, 11), Batch).Where(draw => seen.Add(draw.ToString())))
            {
                var verdict = Verdict.On(draw);
                if (verdict.Outputs is not null && good.Count < accepted) good.Add(verdict);
                if (verdict.Outputs is null && bad.Count < rejected && !Strictness.Allows(verdict)) bad.Add(verdict);
            }
        }
        return [.. good, .. bad];
    }

    /// <summary>A call with inputs of these kinds and any arguments.</summary>
    public static Gen<Draw> Calls(Operator row, Gen<(ElementType Element, int Rank)?[]> kinds) =>
        from kind in kinds
        from inputs in Inputs(kind)
        from given in Given(row.Arguments)
        from numbers in Numbers(row, kind)
        select new Draw(row, inputs, [.. numbers, .. given]);

    /// <summary>Tensors of these kinds whose sizes often agree, counted from the last.</summary>
    public static Gen<TensorType?[]> Inputs(IReadOnlyList<(ElementType Element, int Rank)?> kinds)
    {
        var most = kinds.Select(k => k?.Rank ?? 0).DefaultIfEmpty(0).Max();
        return from shared in Size.ArrayOf(most)
               from own in Size.ArrayOf(most).ArrayOf(kinds.Count)
               from picks in Gen.Choose(0, 9).ArrayOf(most).ArrayOf(kinds.Count)
               select kinds.Select((kind, k) => kind is not { } of ? null : Tensor(of.Element, Enumerable.Range(most - of.Rank, of.Rank)
                   .Select(i => k == 0 || picks[k][i] < 6 ? shared[i] : picks[k][i] < 8 ? 1 : own[k][i]).ToArray())).ToArray();
    }

    /// <summary>Arguments, those that can be left out now and then.</summary>
    public static Gen<(string Name, StaticValue Value)[]> Given(IReadOnlyList<OperatorArgument> arguments) =>
        from length in Gen.Choose(1, 3)
        from all in Gen.CollectToArray(arguments.Select(argument =>
            from isGiven in argument.IsOptional ? Gen.Elements(true, false) : Gen.Constant(true)
            from value in Value(argument, length)
            select (IsGiven: isGiven, Argument: argument, Value: value)))
        select all.Where(a => a.IsGiven).Select(a => (a.Argument.Name, a.Value)).ToArray();

    /// <summary>A value that an argument may be given; lists are of the length.</summary>
    public static Gen<StaticValue> Value(OperatorArgument argument, int length) => argument.Kind switch
    {
        ArgumentKind.Int => Whole(argument),
        ArgumentKind.IntOrList when argument.Words is not null => Gen.Frequency((4, Value(argument with { Words = null }, length)), (1, Gen.Elements(argument.Words).Select(word => (StaticValue)new StringValue(word)))),
        ArgumentKind.IntOrList => Gen.Frequency((2, Whole(argument)), (1, List(argument, length))),
        ArgumentKind.Sizes => Gen.OneOf(Enumerable.Range(1, 4).Select(count => List(argument, count))),
        ArgumentKind.FloatOrList => Gen.Frequency((2, Scale), (1, Scale.ArrayOf(length).Select(items => (StaticValue)new ListValue(new EquatableArray<StaticValue>(items))))),
        ArgumentKind.Float => Gen.Elements(0.25, 0.5, 1, 1.5, 2, 0, -0.5).Select(value => (StaticValue)new FloatValue(value)),
        ArgumentKind.Bool => Gen.Elements(true, false).Select(value => (StaticValue)new BoolValue(value)),
        ArgumentKind.Text => Gen.Constant((StaticValue)new StringValue("")),
        _ => Gen.Elements(argument.Words!).Select(value => (StaticValue)new StringValue(value)),
    };

    /// <summary>A list of whole numbers.</summary>
    public static Gen<StaticValue> List(OperatorArgument argument, int length) =>
        Whole(argument).ArrayOf(length).Select(items => (StaticValue)new ListValue(new EquatableArray<StaticValue>(items)));

    private static Gen<StaticValue> Whole(OperatorArgument argument) => (argument.Minimum switch
    {
        long.MinValue => Gen.Choose(-4, 4),
        0 => Gen.Elements(0, 0, 1, 1, 2, 3, -1),
        _ => Gen.Elements(0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 6),
    }).Select(value => (StaticValue)new IntValue(value));

    private static Gen<(ElementType Element, int Rank)?[]> Any(Operator row)
    {
        if (row.IsCreator) return Gen.Constant(new (ElementType, int)?[] { (ElementType.Float, 1) });
        return from count in row.IsVariadic ? Gen.Choose(1, 3) : Gen.Constant(row.Ports.Count)
               from first in Kind
               from likes in Gen.Elements(true, false).ArrayOf(count)
               from own in Kind.ArrayOf(count)
               from empty in Gen.Choose(0, 2).ArrayOf(count)
               select own.Select((kind, i) => !row.IsVariadic && IsEmpty(row, i, empty[i]) ? null : likes[i] ? first : ((ElementType, int)?)kind).ToArray();
    }

    // An optional tensor is missing now and then; a number may stand in the place of one, though not of all.
    private static bool IsEmpty(Operator row, int port, int chance) =>
        chance == 0 && (row.Ports[port].IsOptional || (row.Ports[port].TakesNumber && row.Ports.Count > 1 && port == row.Ports.Count - 1));

    private static Gen<(string Name, StaticValue Value)[]> Numbers(Operator row, (ElementType Element, int Rank)?[] kinds) =>
        Gen.CollectToArray(row.IsVariadic ? [] : row.Ports.Where((port, i) => port.TakesNumber && !port.IsOptional && kinds[i] is null).Select(port =>
            Gen.OneOf(
                Gen.Choose(-2, 3).Select(value => (StaticValue)new IntValue(value)),
                Gen.Elements(0.5, 1.5, 2).Select(value => (StaticValue)new FloatValue(value)))
            .Select(value => (port.Name, value))));

    private static Gen<(ElementType Element, int Rank)> Kind =>
        from element in Element
        from rank in Gen.Choose(0, 5)
        select (element, rank);

    private static TensorType Tensor(ElementType element, long[] sizes)
    {
        // Large tensors prove no more than small ones.
        for (var i = 0; sizes.Aggregate(1L, (a, b) => a * b) > MostElements; i = (i + 1) % sizes.Length) sizes[i] = Math.Max(1, sizes[i] / 2);
        return new TensorType(element, sizes.Select(size => (Dim)size).ToEquatableArray());
    }
}
