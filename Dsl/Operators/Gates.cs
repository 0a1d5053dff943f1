using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Activations that look along a dimension, or learn.</summary>
internal static class Gates
{
    public static IReadOnlyList<Operator> Rows { get; } =
    [
        Softmax("softmax", "exp(x) over its sum along a dimension.", savesOutput: true),
        Softmax("log_softmax", "The logarithm of softmax along a dimension.", savesOutput: true),
        Softmax("softmin", "softmax of -x along a dimension.", savesOutput: true),
        new("glu", OperatorGroup.Activation, "The first half of a dimension times the sigmoid of its second (Dauphin et al., 2016).")
        {
            Arguments = [Int("dim", -1, minimum: long.MinValue)],
            Type = call =>
            {
                if (!call.NeedsFloatOf(1, "at least one dimension") || call.Position("dim") is not { } at) return null;
                if (!call.NeedsDivisible(call.Input[at], 2, $"places of dimension {at}", "two halves, that is", "dim")) return null;
                return call.Input.WithDims(call.Input.Dims.Select((dim, i) => i == at ? Dim.FloorDivide(dim, 2) : dim));
            },
            CSharp = call => Function("glu", Arg(call.Int("dim"), -1)),
        },
        new("prelu", OperatorGroup.Activation, "x where positive, else a learned slope times x, one for all or one for each channel (He et al., 2015).")
        {
            Arguments = [Bool("per_channel", false), Float("init", 0.25)],
            Type = call =>
            {
                if (call.Value("per_channel") is BoolValue { Value: false }) return call.NeedsFloat("a float tensor") ? call.Input : null;
                return call.NeedsFloatOf(2, "channels in its second dimension, [B, C, ...]") && call.NeedsKnownWidth(call.Input[1]) ? call.Input : null;
            },
            Weights = call => [new Weight("weight", [Slopes(call)])],
            CSharp = call => Layer("PReLU", Arg(Slopes(call)), Arg(call.Value("init"), 0.25)),
        },
    ];

    private static Operator Softmax(string name, string summary, bool savesOutput) => new(name, OperatorGroup.Activation, summary)
    {
        Arguments = [Int("dim", -1, minimum: long.MinValue)],
        Type = call => call.NeedsFloatOf(1, "at least one dimension") && call.NeedsDimension("dim") ? call.Input : null,
        CSharp = call => Function(name, Arg(call.Int("dim"))),
        SavesOutput = savesOutput,
    };

    private static Dim Slopes(OperatorCall call) =>
        call.Value("per_channel") is BoolValue { Value: false } ? Dim.One : Dim.Choose(call.Value("per_channel")!, call.Input[1], 1);
}
