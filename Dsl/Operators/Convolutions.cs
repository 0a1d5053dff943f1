using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Convolutions.</summary>
internal static class Convolutions
{
    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("conv", OperatorGroup.Convolution, "2-D convolution of [B, C, H, W]; the input's channels are inferred.")
        {
            Arguments =
            [
                Int("out"), IntOrPair("kernel"), IntOrPair("stride", 1), IntOrPair("pad", 0, minimum: 0), IntOrPair("dilation", 1),
                Int("groups", 1), Bool("bias", true),
            ],
            Type = Conv2dType,
            Weights = call => call.IsOn("bias") ? [Kernel(call), new Weight("bias", [call.Int("out")])] : [Kernel(call)],
            Macs = (call, output) => output.Count * Kernel(call).Dims.Skip(1).Aggregate(Dim.One, (a, b) => a * b),
            CSharp = call => Layer("Conv2d",
            [
                Arg(call.Input[1]), Arg(call.Int("out")),
                .. call.Spatial(("kernel", null), ("stride", 1L), ("pad", 0L), ("dilation", 1L)),
                Code(Zeros, Zeros), Arg(call.Int("groups"), 1), Arg(call.Value("bias"), true),
            ]),
        },
    ];

    private const string Zeros = "global::TorchSharp.PaddingModes.Zeros";

    private static Weight Kernel(OperatorCall call)
    {
        var (height, width) = call.Pair("kernel");
        return new Weight("weight", [call.Int("out"), Dim.FloorDivide(call.Input[1], call.Int("groups")), height, width]);
    }

    private static TensorType? Conv2dType(OperatorCall call)
    {
        if (!call.NeedsFloat("an image batch [B, C, H, W]", 4) || !call.NeedsKnownWidth(call.Input[1])) return null;
        if (!call.NeedsDivisible(call.Input[1], call.Int("groups"), "input channels", "groups", "groups")) return null;
        if (!call.NeedsDivisible(call.Int("out"), call.Int("groups"), "output channels", "groups", "groups")) return null;
        var (kernel, stride, pad, dilation) = (call.Pair("kernel"), call.Pair("stride"), call.Pair("pad"), call.Pair("dilation"));
        var height = Windows.Count(call.Input[2], kernel.Height, stride.Height, pad.Height, dilation.Height);
        var width = Windows.Count(call.Input[3], kernel.Width, stride.Width, pad.Width, dilation.Width);
        if (!Windows.NeedsRoom(call, height, width)) return null;
        return call.Input.Image(call.Int("out"), height, width);
    }
}

/// <summary>The arithmetic of windows that slide over a dimension.</summary>
internal static class Windows
{
    /// <summary>How many positions a window has (PyTorch's <c>Conv2d</c>, section Shape).</summary>
    public static Dim Count(Dim size, Dim kernel, Dim stride, Dim pad, Dim dilation, bool ceiling = false)
    {
        var room = size + pad * 2 - dilation * (kernel - 1) - 1;
        if (!ceiling) return Dim.FloorDivide(room, stride) + 1;
        // A window must begin inside the input or its left padding, so a rounded-up last one can fall away.
        var count = Dim.CeilingDivide(room, stride) + 1;
        return (count.Value - 1) * stride.Value >= size.Value + pad.Value ? count - 1 : count;
    }

    /// <summary>Reports a window that is larger than what it slides over.</summary>
    public static bool NeedsRoom(OperatorCall call, Dim height, Dim width) =>
        call.NeedsPositive(height, "height", $"the window of {call.Value("kernel")} does not fit into what flows in")
        && call.NeedsPositive(width, "width", $"the window of {call.Value("kernel")} does not fit into what flows in");
}
