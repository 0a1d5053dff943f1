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
        Cube("conv1d", 1, "1-D convolution of [B, C, L]; the input's channels are inferred.", "a batch of sequences [B, C, L]"),
        Cube("conv3d", 3, "3-D convolution of [B, C, D, H, W] with equal sides; the input's channels are inferred.", "a batch of volumes [B, C, D, H, W]"),
        new("conv_transpose", OperatorGroup.Convolution, "2-D transposed convolution of [B, C, H, W], which undoes the shape of conv; the input's channels are inferred.")
        {
            Arguments =
            [
                Int("out"), IntOrPair("kernel"), IntOrPair("stride", 1), IntOrPair("pad", 0, minimum: 0), IntOrPair("output_pad", 0, minimum: 0),
                IntOrPair("dilation", 1), Int("groups", 1), Bool("bias", true),
            ],
            Type = TransposedType,
            Weights = call => call.IsOn("bias") ? [TransposedKernel(call), new Weight("bias", [call.Int("out")])] : [TransposedKernel(call)],
            Macs = (call, _) => call.Input.Count * TransposedKernel(call).Dims.Skip(1).Aggregate(Dim.One, (a, b) => a * b),
            CSharp = call => Layer("ConvTranspose2d",
            [
                Arg(call.Input[1]), Arg(call.Int("out")),
                .. call.Spatial(("kernel", null), ("stride", 1L), ("pad", 0L), ("output_pad", 0L), ("dilation", 1L)),
                Code(Zeros, Zeros), Arg(call.Int("groups"), 1), Arg(call.Value("bias"), true),
            ]),
        },
    ];

    /// <summary>A convolution whose window has equal sides in all of its dimensions.</summary>
    private static Operator Cube(string name, int sides, string summary, string needed) => new(name, OperatorGroup.Convolution, summary)
    {
        Arguments = [Int("out"), Int("kernel"), Int("stride", 1), Int("pad", 0, minimum: 0), Int("dilation", 1), Int("groups", 1), Bool("bias", true)],
        Type = call =>
        {
            if (!call.NeedsFloat(needed, sides + 2) || !NeedsChannels(call)) return null;
            var places = call.Input.Dims.Skip(2)
                .Select(size => Windows.Count(size, call.Int("kernel"), call.Int("stride"), call.Int("pad"), call.Int("dilation"))).ToArray();
            string[] names = sides == 1 ? ["length"] : ["depth", "height", "width"];
            for (var i = 0; i < sides; i++)
            {
                if (!call.NeedsPositive(places[i], names[i], Windows.TooLarge(call))) return null;
            }
            return call.Input.WithDims([call.Input[0], call.Int("out"), .. places]);
        },
        Weights = call => call.IsOn("bias") ? [CubeKernel(call, sides), new Weight("bias", [call.Int("out")])] : [CubeKernel(call, sides)],
        Macs = (call, output) => output.Count * CubeKernel(call, sides).Dims.Skip(1).Aggregate(Dim.One, (a, b) => a * b),
        CSharp = call => Layer($"Conv{sides}d",
            Arg(call.Input[1]), Arg(call.Int("out")), Arg(call.Int("kernel")), Arg(call.Int("stride"), 1), Arg(call.Int("pad"), 0), Arg(call.Int("dilation"), 1),
            Code(Zeros, Zeros), Arg(call.Int("groups"), 1), Arg(call.Value("bias"), true)),
    };

    private static Weight CubeKernel(OperatorCall call, int sides) =>
        new("weight", [call.Int("out"), Dim.FloorDivide(call.Input[1], call.Int("groups")), .. Enumerable.Repeat(call.Int("kernel"), sides)]);

    private static Weight TransposedKernel(OperatorCall call)
    {
        var (height, width) = call.Pair("kernel");
        return new Weight("weight", [call.Input[1], Dim.FloorDivide(call.Int("out"), call.Int("groups")), height, width]);
    }

    private static bool NeedsChannels(OperatorCall call) =>
        call.NeedsKnownWidth(call.Input[1])
        && call.NeedsDivisible(call.Input[1], call.Int("groups"), "input channels", "groups", "groups")
        && call.NeedsDivisible(call.Int("out"), call.Int("groups"), "output channels", "groups", "groups");

    private static TensorType? TransposedType(OperatorCall call)
    {
        if (!call.NeedsFloat("an image batch [B, C, H, W]", 4) || !NeedsChannels(call)) return null;
        var (kernel, stride, pad) = (call.Pair("kernel"), call.Pair("stride"), call.Pair("pad"));
        var (more, dilation) = (call.Pair("output_pad"), call.Pair("dilation"));
        if (!NeedsSmallOutputPad(call, more.Height, stride.Height, dilation.Height) || !NeedsSmallOutputPad(call, more.Width, stride.Width, dilation.Width)) return null;
        var height = Size(call.Input[2], kernel.Height, stride.Height, pad.Height, more.Height, dilation.Height);
        var width = Size(call.Input[3], kernel.Width, stride.Width, pad.Width, more.Width, dilation.Width);
        if (height.Value < 1 || width.Value < 1)
        {
            call.Report("pad").ArgumentOutOfRange("pad", call.Value("pad")!.ToString()!, $"small enough to leave a height and a width; it leaves {height} and {width}");
            return null;
        }
        call.Proofs.AtLeast(height, 1, "conv_transpose: its output's height must be at least 1");
        call.Proofs.AtLeast(width, 1, "conv_transpose: its output's width must be at least 1");
        return call.Input.Image(call.Int("out"), height, width);

        static Dim Size(Dim size, Dim kernel, Dim stride, Dim pad, Dim more, Dim dilation) =>
            (size - 1) * stride - pad * 2 + dilation * (kernel - 1) + more + 1;
    }

    // Every output place has to come from some input place.
    private static bool NeedsSmallOutputPad(OperatorCall call, Dim more, Dim stride, Dim dilation)
    {
        var room = Dim.Choose(Condition.Compare(">=", new IntValue(stride), new IntValue(dilation)), stride, dilation) - more;
        if (room.Value is not < 1)
        {
            call.Proofs.AtLeast(room, 1, "conv_transpose: output_pad must be less than the stride or the dilation");
            return true;
        }
        call.Report("output_pad").ArgumentOutOfRange("output_pad", more.ToString(), $"less than the stride, {stride}, or the dilation, {dilation}");
        return false;
    }

    private const string Zeros = "global::TorchSharp.PaddingModes.Zeros";

    private static Weight Kernel(OperatorCall call)
    {
        var (height, width) = call.Pair("kernel");
        return new Weight("weight", [call.Int("out"), Dim.FloorDivide(call.Input[1], call.Int("groups")), height, width]);
    }

    private static TensorType? Conv2dType(OperatorCall call)
    {
        if (!call.NeedsFloat("an image batch [B, C, H, W]", 4) || !NeedsChannels(call)) return null;
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
        // A window must begin inside the input or its left padding, so where windows lie far apart a rounded-up last one falls away.
        var isFar = Condition.Compare(">", new IntValue(stride), new IntValue(dilation * (kernel - 1) + 1 - pad));
        return Dim.Choose(isFar, Dim.CeilingDivide(size + pad, stride), Dim.CeilingDivide(room, stride) + 1);
    }

    /// <summary>Reports a window that is larger than what it slides over.</summary>
    public static bool NeedsRoom(OperatorCall call, Dim height, Dim width) =>
        call.NeedsPositive(height, "height", TooLarge(call)) && call.NeedsPositive(width, "width", TooLarge(call));

    public static string TooLarge(OperatorCall call) => $"the window of {call.Value("kernel")} does not fit into what flows in";
}
