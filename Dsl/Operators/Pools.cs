using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Pooling over images and sequences.</summary>
internal static class Pools
{
    // A stride left out is the kernel's.
    private static readonly OperatorArgument Stride = IntOrPair("stride") with { IsOptional = true };

    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("maxpool", OperatorGroup.Pooling, "The largest value in each window of [B, C, H, W]; the stride is the kernel's unless given.")
        {
            Arguments = [IntOrPair("kernel"), Stride, IntOrPair("pad", 0, minimum: 0), IntOrPair("dilation", 1), Bool("ceil", false)],
            Type = call => WindowType(call, call.Pair("dilation")),
            CSharp = call => Function("max_pool2d",
            [
                .. call.Spatial(("kernel", null), ("stride", null), ("pad", 0L), ("dilation", 1L)), Arg(call.Value("ceil"), false),
            ]),
        },
        new("avgpool", OperatorGroup.Pooling, "The mean of each window of [B, C, H, W]; the stride is the kernel's unless given.")
        {
            Arguments = [IntOrPair("kernel"), Stride, IntOrPair("pad", 0, minimum: 0), Bool("ceil", false), Bool("count_pad", true)],
            Type = call => WindowType(call, (Dim.One, Dim.One)),
            CSharp = call => Function("avg_pool2d",
            [
                .. call.Spatial(("kernel", null), ("stride", null), ("pad", 0L)), Arg(call.Value("ceil"), false), Arg(call.Value("count_pad"), true),
            ]),
        },
        new("adaptive_avgpool", OperatorGroup.Pooling, "The means of as many windows as the output has places: [B, C, H, W] to [B, C, out, out].")
        {
            Arguments = [IntOrPair("out")],
            Type = call =>
            {
                if (!call.NeedsFloat("an image batch [B, C, H, W]", 3, 4)) return null;
                var (height, width) = call.Pair("out");
                return call.Input.Image(call.Input[-3], height, width);
            },
            CSharp = call => Function("adaptive_avg_pool2d", call.Spatial(("out", null))),
        },
        new("global_avgpool", OperatorGroup.Pooling, "The mean of each channel: [B, C, H, W] to [B, C, 1, 1].")
        {
            Type = call => call.NeedsFloat("an image batch [B, C, H, W]", 3, 4) ? call.Input.Image(call.Input[-3], 1, 1) : null,
            CSharp = _ => Function("adaptive_avg_pool2d", Arg(Dim.One)),
        },
        new("adaptive_maxpool", OperatorGroup.Pooling, "The largest values of as many windows as the output has places: [B, C, H, W] to [B, C, out, out].")
        {
            Arguments = [IntOrPair("out")],
            Type = call =>
            {
                if (!call.NeedsFloat("an image batch [B, C, H, W]", 3, 4)) return null;
                var (height, width) = call.Pair("out");
                return call.Input.Image(call.Input[-3], height, width);
            },
            CSharp = call => Function("adaptive_max_pool2d", Array("long", call.Pair("out").Height, call.Pair("out").Width)),
        },
        new("global_maxpool", OperatorGroup.Pooling, "The largest value of each channel: [B, C, H, W] to [B, C, 1, 1].")
        {
            Type = call => call.NeedsFloat("an image batch [B, C, H, W]", 3, 4) ? call.Input.Image(call.Input[-3], 1, 1) : null,
            CSharp = _ => Function("adaptive_max_pool2d", Array("long", 1, 1)),
        },
        new("maxpool1d", OperatorGroup.Pooling, "The largest value in each window of [B, C, L]; the stride is the kernel's unless given.")
        {
            Arguments = [Int("kernel"), Int("stride") with { IsOptional = true }, Int("pad", 0, minimum: 0), Int("dilation", 1), Bool("ceil", false)],
            Type = call => SequenceType(call, call.Int("dilation")),
            CSharp = call => Function("max_pool1d",
                Arg(call.Int("kernel")), SequenceStride(call), Arg(call.Int("pad"), 0), Arg(call.Int("dilation"), 1), Arg(call.Value("ceil"), false)),
        },
        new("avgpool1d", OperatorGroup.Pooling, "The mean of each window of [B, C, L]; the stride is the kernel's unless given.")
        {
            Arguments = [Int("kernel"), Int("stride") with { IsOptional = true }, Int("pad", 0, minimum: 0), Bool("ceil", false), Bool("count_pad", true)],
            Type = call => SequenceType(call, 1),
            CSharp = call => Function("avg_pool1d",
                Arg(call.Int("kernel")), SequenceStride(call), Arg(call.Int("pad"), 0), Arg(call.Value("ceil"), false), Arg(call.Value("count_pad"), true)),
        },
        new("adaptive_avgpool1d", OperatorGroup.Pooling, "The means of as many windows as the output has places: [B, C, L] to [B, C, out].")
        {
            Arguments = [Int("out")],
            Type = call => call.NeedsFloat(Sequences, 2, 3) ? call.Input.WithDims([.. call.Input.Dims.Take(call.Input.Rank - 1), call.Int("out")]) : null,
            CSharp = call => Function("adaptive_avg_pool1d", Arg(call.Int("out"))),
        },
    ];

    private const string Sequences = "a batch of sequences [B, C, L]";

    private static CSharpArgument SequenceStride(OperatorCall call) => call.Value("stride") is { } stride ? Arg(stride) : Code("null", "null");

    private static TensorType? SequenceType(OperatorCall call, Dim dilation)
    {
        if (!call.NeedsFloat(Sequences, 2, 3)) return null;
        var (kernel, pad, ceiling) = (call.Int("kernel"), call.Int("pad"), call.Value("ceil") is BoolValue { Value: true });
        var stride = call.Value("stride") is null ? kernel : call.Int("stride");
        if (!NeedsSmallPad(call, kernel, pad)) return null;
        var length = Windows.Count(call.Input[-1], kernel, stride, pad, dilation, ceiling);
        if (!call.NeedsPositive(length, "length", Windows.TooLarge(call))) return null;
        return call.Input.WithDims([.. call.Input.Dims.Take(call.Input.Rank - 1), length]);
    }

    private static TensorType? WindowType(OperatorCall call, (Dim Height, Dim Width) dilation)
    {
        if (!call.NeedsFloat("an image batch [B, C, H, W]", 3, 4)) return null;
        var (kernel, pad, ceiling) = (call.Pair("kernel"), call.Pair("pad"), call.Value("ceil") is BoolValue { Value: true });
        var stride = call.Value("stride") is null ? kernel : call.Pair("stride");
        if (!NeedsSmallPad(call, kernel.Height, pad.Height) || !NeedsSmallPad(call, kernel.Width, pad.Width)) return null;
        var height = Windows.Count(call.Input[-2], kernel.Height, stride.Height, pad.Height, dilation.Height, ceiling);
        var width = Windows.Count(call.Input[-1], kernel.Width, stride.Width, pad.Width, dilation.Width, ceiling);
        return Windows.NeedsRoom(call, height, width) ? call.Input.Image(call.Input[-3], height, width) : null;
    }

    // A window in the padding alone would have no value; libtorch refuses it when called.
    private static bool NeedsSmallPad(OperatorCall call, Dim kernel, Dim pad)
    {
        var room = kernel - pad * 2;
        if (room.Value is not < 0)
        {
            call.Proofs.AtLeast(room, 0, $"{call.Operator.Name}: pad must be at most half the kernel");
            return true;
        }
        call.Report("pad").ArgumentOutOfRange("pad", pad.ToString(), $"at most half the kernel, {kernel.Value / 2}");
        return false;
    }
}
