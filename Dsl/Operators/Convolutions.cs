using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Linears;
using static Dlm.Dsl.Operators.Row;
using static Dlm.Dsl.Operators.Windows;

namespace Dlm.Dsl.Operators;

/// <summary>Convolutions, and the windows that they slide over written out.</summary>
internal static class Convolutions
{
    private const string Modes = "global::TorchSharp.PaddingModes.";

    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("conv", OperatorGroup.Convolution, "Convolution of sequences [B, C, L], images [B, C, H, W] or volumes [B, C, D, H, W] (LeCun et al., 1989); the input's channels are inferred.")
        {
            Arguments =
            [
                Int("out"), PerSide("kernel"), PerSide("stride", 1), PerSide("pad", 0, minimum: 0) with { Words = ["same"] }, PerSide("dilation", 1),
                Int("groups", 1), Bool("bias", true), Word("pad_mode", "zeros", "reflect", "replicate", "circular") with { IsStricter = true }, Norm,
            ],
            Type = ConvType,
            Weights = call => WithNorm(call, Kernel(call)),
            Macs = (call, output) => output.Count * PerOutput(Kernel(call)),
            CSharp = ConvForm,
        },
        new("conv_transpose", OperatorGroup.Convolution, "Transposed convolution of sequences, images or volumes, which undoes the shape of conv (Zeiler et al., 2010); the input's channels are inferred.")
        {
            Arguments =
            [
                Int("out"), PerSide("kernel"), PerSide("stride", 1), PerSide("pad", 0, minimum: 0), PerSide("output_pad", 0, minimum: 0),
                PerSide("dilation", 1), Int("groups", 1), Bool("bias", true),
            ],
            Type = TransposedType,
            Weights = call => WithBias(call, TransposedKernel(call)),
            Macs = (call, _) => call.Input.Count * PerOutput(TransposedKernel(call)),
            CSharp = call => Layer($"ConvTranspose{call.Sides()}d",
            [
                Arg(call.Input[1]), Arg(call.Int("out")),
                .. call.SideArguments(("kernel", null), ("stride", 1), ("pad", 0), ("output_pad", 0), ("dilation", 1)),
                Code(Modes + "Zeros", Modes + "Zeros"), Arg(call.Int("groups"), 1), Arg(call.Value("bias"), true),
            ]),
        },
        new("unfold", OperatorGroup.Convolution, "Every window of an image as a column: [B, C, H, W] to [B, C * kernel * kernel, positions].")
        {
            Arguments = [PerSide("kernel"), PerSide("dilation", 1), PerSide("pad", 0, minimum: 0), PerSide("stride", 1)],
            Type = call =>
            {
                if (!call.NeedsFloat("an image batch [B, C, H, W]", 4)) return null;
                if (call.EachSide("kernel") is not { } kernel || Positions(call, kernel, [.. call.Input.Dims.Skip(2)]) is not { } positions) return null;
                return call.Input.WithDims([call.Input[0], call.Input[1] * kernel[0] * kernel[1], positions]);
            },
            CSharp = call => Function("unfold", call.SideArguments(("kernel", null), ("dilation", 1), ("pad", 0), ("stride", 1))),
        },
        new("fold", OperatorGroup.Convolution, "Adds columns up to the image that unfold would have cut them from: [B, C * kernel * kernel, positions] to [B, C, height, width].")
        {
            Arguments = [PerSide("size"), PerSide("kernel"), PerSide("dilation", 1), PerSide("pad", 0, minimum: 0), PerSide("stride", 1)],
            Type = FoldType,
            CSharp = call =>
            {
                (string Name, long? Default)[] all = [("size", null), ("kernel", null), ("dilation", 1), ("pad", 0), ("stride", 1)];
                var tuples = all.Any(a => call.Value(a.Name) is ListValue);
                return Function("fold", all.Select(a => tuples ? PairOf(call.EachSide(a.Name, of: 2)!) with { Default = a.Default } : Arg(call.Int(a.Name), a.Default)).ToArray());
            },
        },
    ];

    private static Weight[] WithBias(OperatorCall call, Weight kernel) => call.IsOn("bias") ? [kernel, new Weight("bias", [call.Int("out")])] : [kernel];

    private static Dim PerOutput(Weight kernel) => kernel.Dims.Skip(1).Aggregate(Dim.One, (a, b) => a * b);

    private static Weight Kernel(OperatorCall call) => new("weight", [call.Int("out"), Dim.FloorDivide(call.Input[1], call.Int("groups")), .. call.EachSide("kernel")!]);

    private static Weight TransposedKernel(OperatorCall call) => new("weight", [call.Input[1], Dim.FloorDivide(call.Int("out"), call.Int("groups")), .. call.EachSide("kernel")!]);

    private static bool IsSame(OperatorCall call) => call.Value("pad") is StringValue;

    private static CSharpForm ConvForm(OperatorCall call)
    {
        if (HasNorm(call))
        {
            var (stride, pad, dilation) = (Array("long", call.EachSide("stride")!), Array("long", call.EachSide("pad")!), Array("long", call.EachSide("dilation")!));
            return Normed(call, $"Conv{call.Sides()}d", Array("long", Kernel(call).Dims), Arg(call.Value("bias")), stride, pad, dilation, Arg(call.Int("groups")));
        }
        var mode = Code(Modes + Capital(call.Text("pad_mode")), Modes + "Zeros");
        CSharpArgument[] rest = [mode, Arg(call.Int("groups"), 1), Arg(call.Value("bias"), true)];
        CSharpArgument[] channels = [Arg(call.Input[1]), Arg(call.Int("out"))];
        var name = $"Conv{call.Sides()}d";
        if (!IsSame(call)) return Layer(name, [.. channels, .. call.SideArguments(("kernel", null), ("stride", 1), ("pad", 0), ("dilation", 1)), .. rest]);
        var sides = call.SideArguments(("kernel", null), ("stride", 1), ("dilation", 1));
        return Layer(name, [.. channels, sides[0], Code("global::TorchSharp.Padding.Same"), sides[1], sides[2], .. rest]);
    }

    private static bool NeedsChannels(OperatorCall call) =>
        call.NeedsKnownWidth(call.Input[1])
        && call.NeedsDivisible(call.Input[1], call.Int("groups"), "input channels", "groups", "groups")
        && call.NeedsDivisible(call.Int("out"), call.Int("groups"), "output channels", "groups", "groups");

    private static TensorType? ConvType(OperatorCall call)
    {
        if (!call.NeedsFloat(Needed, 3, 4, 5) || !NeedsChannels(call) || !call.NeedsWord("pad_mode") || !call.NeedsWord("norm")) return null;
        if (HasNorm(call) && (IsSame(call) || call.Text("pad_mode") != "zeros"))
        {
            call.Report("norm").ArgumentOutOfRange("norm", call.Value("norm")!.ToString()!, "\"none\" unless pad is a number and pad_mode \"zeros\"");
            return null;
        }
        if (call.EachSide("kernel") is not { } kernel || call.EachSide("stride") is not { } stride || call.EachSide("dilation") is not { } dilation) return null;
        if (IsSame(call)) return NeedsPlainStride(call, stride) ? call.Over(call.Int("out"), [.. call.Input.Dims.Skip(2)]) : null;
        if (call.EachSide("pad") is not { } pad || !NeedsRoomToPad(call, pad)) return null;
        return call.Over(call.Int("out"), kernel.Select((k, i) => Count(call.Input[i + 2], k, stride[i], pad[i], dilation[i])).ToArray());
    }

    private static bool NeedsPlainStride(OperatorCall call, Dim[] stride)
    {
        if (stride.FirstOrDefault(s => s.Value is not null and not 1) is { } wide)
        {
            call.Report("stride").ArgumentOutOfRange("stride", wide.ToString(), "1 where pad is \"same\"; give pad a number");
            return false;
        }
        if (call.Text("pad_mode") != "zeros")
        {
            call.Report("pad_mode").ArgumentOutOfRange("pad_mode", call.Value("pad_mode")!.ToString()!, "\"zeros\" where pad is \"same\"; give pad a number");
            return false;
        }
        foreach (var side in stride) call.Proofs.Zero(side - 1, "conv: stride must be 1 where pad is \"same\"");
        return true;
    }

    // Reflected or repeated, the padding is made of the input itself.
    private static bool NeedsRoomToPad(OperatorCall call, Dim[] pad)
    {
        var mode = call.Text("pad_mode");
        if (mode is not ("reflect" or "circular")) return true;
        for (var i = 0; i < pad.Length; i++)
        {
            var (side, size, more) = (SideName(pad.Length, i), call.Input[i + 2], mode == "reflect" ? 1 : 0);
            var room = size - pad[i] - more;
            if (room.Value is < 0)
            {
                call.Report("pad").ArgumentOutOfRange("pad", pad[i].ToString(), $"{(more == 1 ? "less than" : "at most")} the {side}, {size}, where pad_mode is \"{mode}\"");
                return false;
            }
            call.Proofs.AtLeast(room, 0, $"conv: pad must be {(more == 1 ? "less than" : "at most")} the {side} where pad_mode is '{mode}'");
        }
        return true;
    }

    private static TensorType? TransposedType(OperatorCall call)
    {
        if (!call.NeedsFloat(Needed, 3, 4, 5) || !NeedsChannels(call)) return null;
        if (call.EachSide("kernel") is not { } kernel || call.EachSide("stride") is not { } stride || call.EachSide("pad") is not { } pad) return null;
        if (call.EachSide("output_pad") is not { } more || call.EachSide("dilation") is not { } dilation) return null;
        for (var i = 0; i < more.Length; i++)
        {
            // Every output place has to come from some input place.
            var room = Greater(stride[i], dilation[i]) - more[i];
            if (room.Value is < 1)
            {
                call.Report("output_pad").ArgumentOutOfRange("output_pad", more[i].ToString(), $"less than the stride, {stride[i]}, or the dilation, {dilation[i]}");
                return null;
            }
            call.Proofs.AtLeast(room, 1, "conv_transpose: output_pad must be less than the stride or the dilation");
        }
        var sides = kernel.Select((k, i) => (call.Input[i + 2] - 1) * stride[i] - pad[i] * 2 + dilation[i] * (k - 1) + more[i] + 1).ToArray();
        return call.Over(call.Int("out"), sides, $"a pad of {call.Value("pad")} takes away more than there is");
    }

    // How many positions a window has in an image; null, and reported, where it has none.
    private static Dim? Positions(OperatorCall call, Dim[] kernel, Dim[] image)
    {
        if (call.EachSide("dilation", 2) is not { } dilation || call.EachSide("pad", 2) is not { } pad || call.EachSide("stride", 2) is not { } stride) return null;
        var positions = Dim.One;
        for (var i = 0; i < 2; i++)
        {
            var count = Count(image[i], kernel[i], stride[i], pad[i], dilation[i]);
            if (!call.NeedsPositive(count, $"number of positions along the {SideName(2, i)}", $"the window of {call.Value("kernel")} does not fit")) return null;
            positions *= count;
        }
        return positions;
    }

    private static TensorType? FoldType(OperatorCall call)
    {
        if (!call.NeedsFloat("columns [B, C * kernel * kernel, positions]", 3)) return null;
        if (call.EachSide("size", 2) is not { } size || call.EachSide("kernel", 2) is not { } kernel || Positions(call, kernel, size) is not { } positions) return null;
        if (!call.NeedsDivisible(call.Input[1], kernel[0] * kernel[1], "rows of a column", "the window's size", "kernel")) return null;
        if (!call.Proofs.AreEqual(call.Input[2], positions, "fold needs as many columns as windows have positions"))
        {
            call.Report("size").ArgumentOutOfRange("size", call.Value("size")!.ToString()!, $"one in which the window has {call.Input[2]} positions, as many as there are columns; here it has {positions}");
            return null;
        }
        return call.Input.WithDims([call.Input[0], Dim.FloorDivide(call.Input[1], kernel[0] * kernel[1]), .. size]);
    }
}
