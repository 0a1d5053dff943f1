using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Places added around a tensor.</summary>
internal static class Paddings
{
    private const string Modes = "global::TorchSharp.PaddingModes.";

    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("pad", OperatorGroup.Shape, "Places added at both ends of each side, or as PyTorch counts them, before and after the last dimension, then the one before it: pad([left, right, top, bottom]).")
        {
            Arguments =
            [
                IntOrList("size", minimum: long.MinValue) with { IsStricter = true },
                Word("mode", "constant", "reflect", "replicate", "circular") with { IsStricter = true }, Float("value", 0) with { IsStricter = true },
            ],
            Type = PadType,
            CSharp = call => Function("pad", Array("long", Ends(call)), Code(Modes + Capital(call.Text("mode")), Modes + "Constant"), Arg(call.Value("value"), 0.0)),
        },
    ];

    // Before and after, of the last dimension first.
    private static Dim[] Ends(OperatorCall call) =>
        call.Value("size") is ListValue ? call.Sizes("size") : [.. Enumerable.Repeat(call.Int("size"), 2 * (call.Input.Rank - 2))];

    private static TensorType? PadType(OperatorCall call)
    {
        if (!call.NeedsWord("mode")) return null;
        var mode = call.Text("mode");
        if (mode != "constant" && !call.NeedsFloat("a float tensor")) return null;
        if (call.Value("size") is not ListValue && !call.NeedsRank(3, "sides behind batch and channels, or a list of what to add to each dimension")) return null;
        var ends = Ends(call);
        if (ends.Length % 2 != 0 || ends.Length == 0 || ends.Length / 2 > call.Input.Rank)
        {
            call.Report("size").ArgumentOutOfRange("size", call.Value("size")!.ToString()!, $"two numbers for each dimension, of at most {call.Input.Rank}");
            return null;
        }
        if (mode != "constant" && !Fits(call, mode, ends)) return null;
        var dims = call.Input.Dims.ToArray();
        for (var i = 0; i < ends.Length / 2; i++)
        {
            var at = dims.Length - 1 - i;
            foreach (var end in ends.Skip(2 * i).Take(2))
            {
                if (!call.NeedsRoom("size", dims[at] + end, 0, $"one that takes no more away than there is, {dims[at]}")) return null;
            }
            dims[at] += ends[2 * i] + ends[2 * i + 1];
            if (!call.NeedsPositive(dims[at], $"dimension {at}", "more is taken away than there is")) return null;
        }
        return call.Input.WithDims(dims);
    }

    // What is added is made of the input's own last dimensions, of one to three behind batch and channels.
    private static bool Fits(OperatorCall call, string mode, Dim[] ends)
    {
        if (call.Value("value") is FloatValue { Value: not 0 } value)
        {
            call.Report("value").ArgumentOutOfRange("value", value.ToString(), "left out unless mode is \"constant\"");
            return false;
        }
        var sides = ends.Length / 2;
        if (sides > 3 || call.Input.Rank != sides + 2)
        {
            call.Report("size").ArgumentOutOfRange("size", call.Value("size")!.ToString()!, $"two numbers for each dimension of {call.Input} behind batch and channels where mode is \"{mode}\"");
            return false;
        }
        for (var i = 0; i < ends.Length; i++)
        {
            var (size, more) = (call.Input[call.Input.Rank - 1 - i / 2], mode == "reflect" ? 1 : 0);
            var room = size - ends[i] - more;
            if (ends[i].Value is < 0 || (mode != "replicate" && room.Value is < 0))
            {
                var most = mode == "replicate" ? "" : $" and {(more == 1 ? "less than" : "at most")} {size}, what it is added to,";
                call.Report("size").ArgumentOutOfRange("size", ends[i].ToString(), $"at least 0{most} where mode is \"{mode}\"");
                return false;
            }
            call.Proofs.AtLeast(ends[i], 0, $"pad: the size must be at least 0 where mode is '{mode}'");
            if (mode != "replicate") call.Proofs.AtLeast(room, 0, $"pad: what is added must be {(more == 1 ? "less than" : "at most")} what it is added to where mode is '{mode}'");
        }
        return true;
    }
}
