using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Operators;

/// <summary>Changes of shape that are said by a pattern of axes (Rogozhnikov, 2022): a few plain changes, one after the other.</summary>
internal static class Rearrangements
{
    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("rearrange", OperatorGroup.Shape,
            "Splits, moves and joins dimensions as a pattern of names says: rearrange(\"b t (h k) -> b h t k\", h: heads). Words in parentheses share a dimension; all their sizes but one are given.")
        {
            Arguments = [Row.Text("pattern")],
            TakesNamedSizes = true,
            Steps = call => new Rearrangement(call, isReducing: false).Steps(),
            IsView = true,
        },
        new("reduce", OperatorGroup.Shape,
            "Rearranges by a pattern, and makes one value of every axis that is missing on its right side: reduce(\"b c (h 2) (w 2) -> b c h w\", \"max\").")
        {
            Arguments = [Row.Text("pattern"), new("reduction", ArgumentKind.Word, null, Words: ["mean", "max", "min", "sum"])],
            TakesNamedSizes = true,
            Steps = call => call.NeedsWord("reduction") ? new Rearrangement(call, isReducing: true).Steps() : null,
            IsView = true,
        },
    ];
}

/// <summary>The steps that a pattern of axes stands for.</summary>
internal sealed class Rearrangement(OperatorCall call, bool isReducing)
{
    private readonly string text = call.Text("pattern");
    private readonly AxisPattern pattern = AxisPattern.Read(call.Text("pattern"), isReducing);
    private readonly List<OperatorStep> steps = [];

    public IReadOnlyList<OperatorStep>? Steps()
    {
        if (pattern.Problem is { } problem) return Fail(pattern.Place, problem);
        var names = pattern.Left.Axes.Where(a => a.Size is null).Select(a => a.Name).ToArray();
        foreach (var name in call.NamedSizes.Keys.Where(name => !names.Contains(name)))
        {
            call.Report(name).UnknownArgument(call.Operator.Name, name, names);
            return null;
        }
        if (call.Input.Rank != pattern.Left.Dims.Count)
        {
            call.Report().WrongRank(call.Operator.Name, $"a tensor with {pattern.Left.Dims.Count} {(pattern.Left.Dims.Count == 1 ? "dimension" : "dimensions")} for \"{text}\"", call.Input, call.Origin);
            return null;
        }
        if (!SplitLeft()) return null;
        var axes = pattern.Left.Dims.SelectMany(d => d.Count == 0 ? [new Axis("1", 0)] : d).ToList();
        Drop(axes);
        Reduce(axes);
        Move(axes);
        JoinRight();
        return steps;
    }

    // From the last on, so that the places of those before it stay.
    private bool SplitLeft()
    {
        for (var i = pattern.Left.Dims.Count - 1; i >= 0; i--)
        {
            var (group, size) = (pattern.Left.Dims[i], call.Input[i]);
            var known = group.Select(SizeOf).ToArray();
            var open = group.Where((_, j) => known[j] is null).ToArray();
            if (open.Length > 1)
            {
                Fail(open[1].Place, $"give the size of '{open[0].Name}' or of '{open[1].Name}', as in {call.Operator.Name}(..., {open[0].Name}: 2)");
                return false;
            }
            var product = known.Aggregate(Dim.One, (a, b) => a * (b ?? Dim.One));
            if (open.Length == 1 && group.Count > 1)
            {
                if (!call.NeedsDivisible(size, product, $"places of '({string.Join(" ", group.Select(a => a.Name))})'", string.Join(" * ", group.Except(open).Select(a => a.Name)), group.Except(open).First().Name)) return false;
            }
            else if (open.Length == 0 && !call.AreEqual(call.Operator.Name, product, size))
            {
                Fail(group.Count > 0 ? group[0].Place : 0, $"'{string.Join(" ", group.Select(a => a.Name))}' is {product}, but dimension {i} of {call.Input} is {size}");
                return false;
            }
            if (group.Count > 1) Add("unflatten", ("dim", Whole(i)), ("sizes", List(known.Select(s => s ?? -1))));
        }
        return true;
    }

    private void Drop(List<Axis> axes)
    {
        for (var i = axes.Count - 1; i >= 0; i--)
        {
            if (axes[i].Size != 1) continue;
            Add("squeeze", ("dim", Whole(i)));
            axes.RemoveAt(i);
        }
    }

    // Two at a time, the last first.
    private void Reduce(List<Axis> axes)
    {
        while (true)
        {
            var gone = Enumerable.Range(0, axes.Count).Where(i => pattern.Right.Axes.All(r => r.Name != axes[i].Name)).Reverse().Take(2).Reverse().ToArray();
            if (gone.Length == 0) return;
            Add(call.Text("reduction"), ("dim", gone.Length == 1 ? Whole(gone[0]) : List(gone.Select(i => (Dim)i))));
            foreach (var i in gone.Reverse()) axes.RemoveAt(i);
        }
    }

    private void Move(List<Axis> axes)
    {
        var order = pattern.Right.Axes.Where(a => a.Size is null).Select(a => axes.FindIndex(l => l.Name == a.Name)).ToArray();
        if (!order.SequenceEqual(Enumerable.Range(0, axes.Count))) Add("permute", ("dims", List(order.Select(i => (Dim)i))));
    }

    private void JoinRight()
    {
        var groups = pattern.Right.Dims.Select(d => d.Count(a => a.Size is null)).ToArray();
        for (var i = groups.Length - 1; i >= 0; i--)
        {
            var start = groups.Take(i).Sum();
            if (groups[i] > 1) Add("flatten", ("start", Whole(start)), ("end", Whole(start + groups[i] - 1)));
        }
        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i] == 0) Add("unsqueeze", ("dim", Whole(i)));
        }
    }

    private Dim? SizeOf(Axis axis) => axis.Size is { } size ? size : call.NamedSizes.TryGetValue(axis.Name, out var given) ? given : null;

    private IReadOnlyList<OperatorStep>? Fail(int place, string problem)
    {
        call.Report("pattern").PatternWrong(call.Operator.Name, text, place, problem);
        return null;
    }

    private void Add(string row, params (string Name, StaticValue Value)[] arguments) => steps.Add(new OperatorStep(row, arguments));

    private static IntValue Whole(int value) => new(value);

    private static ListValue List(IEnumerable<Dim> items) => new(items.Select(i => (StaticValue)new IntValue(i)).ToEquatableArray());
}
