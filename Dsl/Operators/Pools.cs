using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Pooling over images.</summary>
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
    ];

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
        if (pad.Value * 2 <= kernel.Value || pad.Value is null || kernel.Value is null) return true;
        call.Report("pad").ArgumentOutOfRange("pad", pad.ToString(), $"at most half the kernel, {kernel.Value / 2}");
        return false;
    }
}
