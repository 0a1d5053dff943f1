using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;
using static Dlm.Dsl.Operators.Windows;

namespace Dlm.Dsl.Operators;

/// <summary>More or fewer places for the same picture.</summary>
internal static class Resamplings
{
    private const string Modes = "global::TorchSharp.torch.InterpolationMode.";

    // More halvings than a factor would ever have.
    private const int MostHalvings = 20;

    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("pixel_shuffle", OperatorGroup.Shape, "Spreads channels over finer pixels: [B, C, H, W] to [B, C / factor / factor, H * factor, W * factor] (Shi et al., 2016).")
        {
            Arguments = [Int("factor")],
            Type = call =>
            {
                if (!call.NeedsFloat("an image batch [B, C, H, W]", 3, 4)) return null;
                var (channels, factor) = (call.Input[-3], call.Int("factor"));
                if (!call.NeedsDivisible(channels, factor * factor, "input channels", "factor squared", "factor")) return null;
                return call.Input.Image(Dim.FloorDivide(channels, factor * factor), call.Input[-2] * factor, call.Input[-1] * factor);
            },
            CSharp = call => Function("pixel_shuffle", Arg(call.Int("factor"))),
        },
        new("pixel_unshuffle", OperatorGroup.Shape, "Gathers pixels into channels: [B, C, H, W] to [B, C * factor * factor, H / factor, W / factor].")
        {
            Arguments = [Int("factor")],
            Type = call =>
            {
                if (!call.NeedsFloat("an image batch [B, C, H, W]", 3, 4)) return null;
                var (height, width, factor) = (call.Input[-2], call.Input[-1], call.Int("factor"));
                if (!call.NeedsDivisible(height, factor, "pixels of height", "factor", "factor")) return null;
                if (!call.NeedsDivisible(width, factor, "pixels of width", "factor", "factor")) return null;
                return call.Input.Image(call.Input[-3] * factor * factor, Dim.FloorDivide(height, factor), Dim.FloorDivide(width, factor));
            },
            CSharp = call => Function("pixel_unshuffle", Arg(call.Int("factor"))),
        },
        Interpolation("upsample", "Sequences, images or volumes with scale times as many places, or of a stated size; linear is for sequences, bilinear and bicubic for images, trilinear for volumes."),
        Interpolation("interpolate", "upsample by its other name: to fewer places, too."),
    ];

    private static Operator Interpolation(string name, string summary) => new(name, OperatorGroup.Shape, summary)
    {
        Arguments =
        [
            new("scale", ArgumentKind.FloatOrList) { IsOptional = true, IsStricter = true }, Word("mode", "nearest", "linear", "bilinear", "bicubic", "trilinear") with { IsStricter = true },
            Bool("align_corners", false) with { IsStricter = true }, PerSide("size") with { IsOptional = true, IsStricter = true },
        ],
        Type = UpsampleType,
        CSharp = call =>
        {
            var mode = Modes + Capital(call.Text("mode"));
            return Function("interpolate",
                call.Value("size") is null ? Code("null", "null") : Array("long", call.EachSide("size")!),
                call.Value("scale") is null ? Code("null", "null") : Array("double", EachScale(call)!),
                Code(mode, Modes + "Nearest"),
                call.Text("mode") == "nearest" ? Code("null", "null") : Arg(call.Value("align_corners"), false));
        },
    };

    private static StaticValue[]? EachScale(OperatorCall call)
    {
        if (call.Value("scale") is not ListValue list) return [.. Enumerable.Repeat(call.Value("scale")!, call.Sides())];
        if (list.Items.Count == call.Sides()) return [.. list.Items];
        call.Report("scale").WrongArgumentKind("scale", $"a number, or {call.Sides()} of them", $"a list of {list.Items.Count}");
        return null;
    }

    private static TensorType? UpsampleType(OperatorCall call)
    {
        if (!call.NeedsFloat(Needed, 3, 4, 5) || !call.NeedsWord("mode")) return null;
        var mode = call.Text("mode");
        var ranks = mode switch { "linear" => 3, "bilinear" or "bicubic" => 4, "trilinear" => 5, _ => call.Input.Rank };
        if (ranks != call.Input.Rank)
        {
            var fitting = call.Sides() switch { 1 => "\"linear\"", 2 => "\"bilinear\" or \"bicubic\"", _ => "\"trilinear\"" };
            call.Report("mode").ArgumentOutOfRange("mode", $"\"{mode}\"", $"{fitting} for {call.Input}, or \"nearest\"");
            return null;
        }
        if (mode == "nearest" && call.IsOn("align_corners"))
        {
            call.Report("align_corners").ArgumentOutOfRange("align_corners", call.Value("align_corners")!.ToString()!, "false where the mode is \"nearest\"");
            return null;
        }
        if (call.Value("scale") is null == call.Value("size") is null)
        {
            call.Report("size").MissingArgument(call.Operator.Name, "scale", $"write {call.Operator.Name}(2), or {call.Operator.Name}(size: 32), and not both");
            return null;
        }
        if (call.Value("size") is not null) return call.EachSide("size") is { } size ? call.Over(call.Input[1], size) : null;
        if (EachScale(call) is not { } scales) return null;
        var sides = new Dim[scales.Length];
        for (var i = 0; i < sides.Length; i++)
        {
            if (Scaled(call, call.Input[i + 2], scales[i]) is not { } side) return null;
            sides[i] = side;
        }
        return call.Over(call.Input[1], sides, $"a scale of {call.Value("scale")} leaves nothing of it");
    }

    // Rounded down. Where the size is open, only a fraction that numbers hold exactly is sure to round as libtorch does.
    private static Dim? Scaled(OperatorCall call, Dim size, StaticValue scale)
    {
        switch (scale)
        {
            case IntValue whole when whole.Dim.Value is not <= 0:
                call.Proofs.AtLeast(whole.Dim, 1, $"{call.Operator.Name}: scale must be at least 1");
                return size * whole.Dim;
            case FloatValue { Value: > 0 and < 1e9 } number when size.Value is { } known:
                return (long)Math.Floor(known * number.Value);
            case FloatValue { Value: > 0 and < 1e9 } number:
                var (numerator, denominator) = (number.Value, 1L);
                for (var i = 0; i < MostHalvings && numerator != Math.Floor(numerator); i++) (numerator, denominator) = (numerator * 2, denominator * 2);
                if (numerator == Math.Floor(numerator)) return Dim.FloorDivide(size * (long)numerator, denominator);
                call.Report("scale").ArgumentOutOfRange("scale", number.ToString(), $"a number that halves and quarters make, such as 0.5 or 1.25, because {size} is open; or give size");
                return null;
            default:
                call.Report("scale").ArgumentOutOfRange("scale", scale.ToString()!, "a number over 0 that is known at build time");
                return null;
        }
    }
}
