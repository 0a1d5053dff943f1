using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;
using static Dlm.Dsl.Operators.Windows;

namespace Dlm.Dsl.Operators;

/// <summary>Pooling over sequences, images and volumes.</summary>
internal static class Pools
{
    // A stride left out is the kernel's.
    private static readonly OperatorArgument Stride = new("stride", ArgumentKind.IntOrList, null, 1) { IsOptional = true };

    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("maxpool", OperatorGroup.Pooling, "The largest value in each window of sequences, images or volumes; the stride is the kernel's unless given.")
        {
            Arguments = [PerSide("kernel"), Stride, PerSide("pad", 0, minimum: 0), PerSide("dilation", 1), Bool("ceil", false)],
            Type = WindowType,
            CSharp = call => Windowed(call, "max_pool", [("kernel", null), ("stride", null), ("pad", 0), ("dilation", 1)], Arg(call.Value("ceil"), false)),
        },
        new("avgpool", OperatorGroup.Pooling, "The mean of each window of sequences, images or volumes; the stride is the kernel's unless given.")
        {
            Arguments = [PerSide("kernel"), Stride, PerSide("pad", 0, minimum: 0), Bool("ceil", false), Bool("count_pad", true)],
            Type = call => WindowType(call) is { } type && (call.Sides() < 3 || NeedsRoomWithoutPad(call)) ? type : null,
            CSharp = call => Windowed(call, "avg_pool", [("kernel", null), ("stride", null), ("pad", 0)], Arg(call.Value("ceil"), false), Arg(call.Value("count_pad"), true)),
        },
        new("lp_pool", OperatorGroup.Pooling, "The p-th root of the sum of the p-th powers in each window of sequences or images; the stride is the kernel's unless given.")
        {
            Arguments = [Float("p", 2) with { IsStricter = true }, PerSide("kernel", 2), Stride, Bool("ceil", false)],
            Type = call =>
            {
                if (!call.NeedsFloat("a batch of sequences [B, C, L] or images [B, C, H, W]", 3, 4)) return null;
                if (call.Value("p") is not FloatValue { Value: <= 0 } p) return WindowType(call);
                call.Report("p").ArgumentOutOfRange("p", p.ToString(), "more than 0");
                return null;
            },
            CSharp = call => Function($"lp_pool{call.Sides()}d",
            [
                Arg(call.Value("p")),
                .. call.Sides() == 2 && (call.Value("kernel") is ListValue || call.Value("stride") is ListValue)
                    ? call.SideArrays(("kernel", null), ("stride", null))
                    : call.SideArguments(("kernel", null), ("stride", null)),
                Arg(call.Value("ceil"), false),
            ]),
        },
        Adaptive("adaptive_avgpool", "The means of as many windows as the output has places: [B, C, H, W] to [B, C, out, out], and so for sequences and volumes.", AverageForm),
        Adaptive("adaptive_maxpool", "The largest values of as many windows as the output has places: [B, C, H, W] to [B, C, out, out], and so for sequences and volumes.", MaximumForm),
        Global("global_avgpool", "The mean of each channel: [B, C, H, W] to [B, C, 1, 1], and so for sequences and volumes.", AverageForm),
        Global("global_maxpool", "The largest value of each channel: [B, C, H, W] to [B, C, 1, 1], and so for sequences and volumes.", MaximumForm),
    ];

    private static Operator Adaptive(string name, string summary, Func<OperatorCall, StaticValue, CSharpForm> form) => new(name, OperatorGroup.Pooling, summary)
    {
        Arguments = [PerSide("out")],
        Type = call => call.NeedsFloat(Needed, 3, 4, 5) && call.EachSide("out") is { } sides ? call.Over(call.Input[1], sides) : null,
        CSharp = call => form(call, call.Value("out")!),
    };

    private static Operator Global(string name, string summary, Func<OperatorCall, StaticValue, CSharpForm> form) => new(name, OperatorGroup.Pooling, summary)
    {
        Type = call => call.NeedsFloat(Needed, 3, 4, 5) ? call.Over(call.Input[1], [.. Enumerable.Repeat(Dim.One, call.Sides())]) : null,
        CSharp = call => form(call, new IntValue(1)),
    };

    private static CSharpForm AverageForm(OperatorCall call, StaticValue sides) =>
        Function($"adaptive_avg_pool{call.Sides()}d", Arg(call.Sides() == 1 && sides is ListValue list ? list.Items[0] : sides));

    private static CSharpForm MaximumForm(OperatorCall call, StaticValue sides)
    {
        var each = sides is ListValue list ? list.Items.Select(i => ((IntValue)i).Dim).ToArray() : [.. Enumerable.Repeat(((IntValue)sides).Dim, call.Sides())];
        return Function($"adaptive_max_pool{call.Sides()}d", call.Sides() == 1 ? Arg(each[0]) : Array("long", each));
    }

    private static CSharpForm Windowed(OperatorCall call, string name, (string Name, long? Default)[] sides, params CSharpArgument[] more) =>
        Function($"{name}{call.Sides()}d", [.. call.Sides() == 3 ? call.SideArrays(sides) : call.SideArguments(sides), .. more]);

    private static TensorType? WindowType(OperatorCall call)
    {
        if (!call.NeedsFloat(Needed, 3, 4, 5) || !call.NeedsKnown("ceil") || call.EachSide("kernel") is not { } kernel) return null;
        var stride = call.Value("stride") is null ? kernel : call.EachSide("stride");
        var pad = call.Value("pad") is null ? call.None(0) : call.EachSide("pad");
        var dilation = call.Value("dilation") is null ? call.None(1) : call.EachSide("dilation");
        if (stride is null || pad is null || dilation is null || !NeedsSmallPad(call, kernel, pad)) return null;
        var ceiling = call.IsOn("ceil");
        return call.Over(call.Input[1], kernel.Select((k, i) => Count(call.Input[i + 2], k, stride[i], pad[i], dilation[i], ceiling)).ToArray());
    }

    // Of volumes libtorch takes no mean over a window larger than the volume, padded or not.
    private static bool NeedsRoomWithoutPad(OperatorCall call)
    {
        var kernel = call.EachSide("kernel")!;
        for (var i = 0; i < kernel.Length; i++)
        {
            var (room, side) = (call.Input[i + 2] - kernel[i], SideName(kernel.Length, i));
            if (room.Value is < 0)
            {
                call.Report("kernel").ArgumentOutOfRange("kernel", kernel[i].ToString(), $"at most the {side}, {call.Input[i + 2]}");
                return false;
            }
            call.Proofs.AtLeast(room, 0, $"avgpool: the kernel must be at most the {side}");
        }
        return true;
    }

    private static Dim[] None(this OperatorCall call, long value) => [.. Enumerable.Repeat((Dim)value, call.Sides())];

    // A window in the padding alone would have no value; libtorch refuses it when called.
    private static bool NeedsSmallPad(OperatorCall call, Dim[] kernel, Dim[] pad)
    {
        for (var i = 0; i < pad.Length; i++)
        {
            var room = kernel[i] - pad[i] * 2;
            if (room.Value is < 0)
            {
                call.Report("pad").ArgumentOutOfRange("pad", pad[i].ToString(), $"at most half the kernel, {Dim.FloorDivide(kernel[i], 2)}");
                return false;
            }
            call.Proofs.AtLeast(room, 0, $"{call.Operator.Name}: pad must be at most half the kernel");
        }
        return true;
    }
}
