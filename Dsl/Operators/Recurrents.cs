using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Recurrent layers over whole sequences, which libtorch has fused, and the cells that compute a step.</summary>
internal static class Recurrents
{
    // Each layer and direction has four weights of its own.
    private const long MostLayers = 1000;

    // Before what is made with it.
    private static readonly OperatorArgument Activation = Word("activation", "tanh", "relu");

    public static IReadOnlyList<Operator> Rows { get; } =
    [
        Layers("lstm", "LSTM", 4, "Long short-term memory (Hochreiter and Schmidhuber, 1997)"),
        Layers("gru", "GRU", 3, "Gated recurrent units (Cho et al., 2014)"),
        Layers("rnn", "RNN", 1, "A recurrent network (Elman, 1990)"),
        Cell("lstm_cell", "LSTMCell", 4, "A step of long short-term memory: (h, c) = (x, h, c) -> lstm_cell(hidden)."),
        Cell("gru_cell", "GRUCell", 3, "A step of gated recurrent units: h = (x, h) -> gru_cell(hidden)."),
        Cell("rnn_cell", "RNNCell", 1, "A step of a recurrent network: h = (x, h) -> rnn_cell(hidden)."),
    ];

    private static bool HasMemory(OperatorCall call) => call.Operator.Name.StartsWith("lstm", StringComparison.Ordinal);

    private static Operator Layers(string name, string factory, int gates, string summary) => new(name, OperatorGroup.Recurrent,
        $"{summary}, in layers, forwards or both ways: [B, T, d] to [B, T, hidden], twice that wide both ways. With states, the last state of each layer and direction follows{(gates == 4 ? ", and the last memory" : "")}: [layers, B, hidden].")
    {
        Ports = gates == 4
            ? [new("input"), new("h", IsOptional: true), new("c", IsOptional: true)]
            : [new("input"), new("h", IsOptional: true)],
        Arguments =
        [
            Int("hidden"), Int("layers", 1), Bool("bidirectional", false), Float("dropout", 0) with { IsStricter = true }, Bool("bias", true), .. gates == 1 ? [Activation] : System.Array.Empty<OperatorArgument>(),
            Bool("states", false),
        ],
        OutputNames = gates == 4 ? ["output", "h", "c"] : ["output", "h"],
        Types = LayerTypes,
        Weights = call => LayerWeights(call, gates),
        Macs = (call, output) => LayerMacs(call, output, gates),
        // cuDNN's kernels do.
        SavesOutput = true,
        CSharp = call => LayerForm(call, factory),
    };

    private static Operator Cell(string name, string factory, int gates, string summary) => new(name, OperatorGroup.Recurrent, summary)
    {
        Ports = gates == 4 ? [new("input"), new("h"), new("c")] : [new("input"), new("h")],
        Arguments = [Int("hidden"), Bool("bias", true), .. gates == 1 ? [Activation] : System.Array.Empty<OperatorArgument>()],
        OutputNames = gates == 4 ? ["h", "c"] : [],
        Types = CellTypes,
        Weights = call => Weights(call, gates, call.Input[-1], "", []),
        Macs = (call, output) => output.Count * gates * (call.Input[-1] + call.Int("hidden")),
        SavesOutput = true,
        CSharp = call => Layer(factory,
            [Arg(call.Input[-1]), Arg(call.Int("hidden")), .. ActivationOf(call), Arg(call.Value("bias"), true)]) with
        {
            Call = gates == 4 ? "$layer.call($input, ($h, $c))" : "$layer.call($input, $h)",
        },
    };

    private static Dim Directions(OperatorCall call) => call.Value("bidirectional") is BoolValue { Value: var both } ? both ? 2 : 1 : Dim.Choose(call.Value("bidirectional")!, 2, 1);

    private static IReadOnlyList<TensorType>? LayerTypes(OperatorCall call)
    {
        var input = call.Inputs[0];
        if (!call.NeedsOneFloatType() || !call.NeedsRank(input, "a batch of sequences [B, T, d]", 3) || !call.NeedsKnownWidth(input.Type[2])) return null;
        if (!NeedsActivation(call) || call.Known("states") is not { } states) return null;
        var (layers, hidden) = (call.Int("layers"), call.Int("hidden"));
        if (layers.Value > MostLayers)
        {
            call.Report("layers").ArgumentOutOfRange("layers", layers.ToString(), $"at most {MostLayers}");
            return null;
        }
        if (!call.NeedsProbability("dropout")) return null;
        if (call.Value("dropout") is FloatValue { Value: > 0 } dropout)
        {
            if (layers.Value == 1)
            {
                call.Report("dropout").ArgumentOutOfRange("dropout", dropout.ToString(), "0 where there is one layer: it drops out between layers; write a stage dropout");
                return null;
            }
            call.Proofs.AtLeast(layers, 2, $"{call.Operator.Name}: dropout needs at least 2 layers to drop out between");
        }
        var state = input.Type.WithDims([Directions(call) * layers, input.Type[0], hidden]);
        if (HasMemory(call) && call.Port("h") is null != call.Port("c") is null)
        {
            call.Report().WrongInputCount(call.Operator.Name, 1, 3, 2);
            return null;
        }
        if (!NeedsStates(call, state, "a first state is [layers, B, hidden], with twice as many layers both ways")) return null;
        var sequence = input.Type.WithDims([input.Type[0], input.Type[1], Directions(call) * hidden]);
        return !states ? [sequence] : HasMemory(call) ? [sequence, state, state] : [sequence, state];
    }

    private static IReadOnlyList<TensorType>? CellTypes(OperatorCall call)
    {
        var input = call.Inputs[0];
        if (!call.NeedsOneFloatType() || !call.NeedsRank(input, "a step of a batch, [B, d]", 2) || !call.NeedsKnownWidth(input.Type[1])) return null;
        if (!NeedsActivation(call)) return null;
        var state = input.Type.WithDims([input.Type[0], call.Int("hidden")]);
        if (!NeedsStates(call, state, "the state before is [B, hidden]; the first can be zeros(B, hidden)")) return null;
        return HasMemory(call) ? [state, state] : [state];
    }

    private static bool NeedsActivation(OperatorCall call) => call.Value("activation") is null || call.NeedsWord("activation");

    private static bool NeedsStates(OperatorCall call, TensorType state, string help) => new[] { "h", "c" }.All(port =>
        call.NeedsFloat(call.Port(port), $"'{port}'") && call.NeedsShape(call.Port(port), $"'{port}'", state.Dims.ToArray(), help));

    // With an open number of layers the first stands for all.
    private static IReadOnlyList<Weight> LayerWeights(OperatorCall call, int gates)
    {
        var weights = new List<Weight>();
        string[] ways = call.IsOn("bidirectional") ? ["", "_reverse"] : [""];
        for (var layer = 0; layer < (call.Int("layers").Value ?? 1); layer++)
        {
            foreach (var way in ways) Weights(call, gates, layer == 0 ? call.Input[2] : call.Int("hidden") * ways.Length, $"_l{layer}{way}", weights);
        }
        return weights;
    }

    private static List<Weight> Weights(OperatorCall call, int gates, Dim width, string suffix, List<Weight> weights)
    {
        var hidden = call.Int("hidden");
        weights.Add(new Weight("weight_ih" + suffix, [hidden * gates, width]));
        weights.Add(new Weight("weight_hh" + suffix, [hidden * gates, hidden]));
        if (!call.IsOn("bias")) return weights;
        weights.Add(new Weight("bias_ih" + suffix, [hidden * gates]));
        weights.Add(new Weight("bias_hh" + suffix, [hidden * gates]));
        return weights;
    }

    private static Dim LayerMacs(OperatorCall call, TensorType output, int gates)
    {
        var (hidden, ways, layers) = (call.Int("hidden"), Directions(call), call.Int("layers"));
        return output.Count * gates * (call.Input[2] + hidden + (layers - 1) * (hidden * ways + hidden));
    }

    private static CSharpForm LayerForm(OperatorCall call, string factory)
    {
        var form = Layer(factory,
        [
            Arg(call.Input[2]), Arg(call.Int("hidden")), Arg(call.Int("layers")), .. ActivationOf(call), Arg(call.Value("bias")), Code("true"), Arg(call.Value("dropout"), 0.0),
            Arg(call.Value("bidirectional"), false),
        ]);
        var states = (HasMemory(call), call.Port("h"), call.Port("c")) switch
        {
            (_, null, null) => "",
            (false, _, _) => ", $h",
            (true, { IsOptional: true }, not null) or (true, not null, { IsOptional: true }) => $", $h is null && $c is null ? null : ({Given("$h")}, {Given("$c")})",
            (true, not null, not null) => ", ($h, $c)",
            _ => throw new InvalidOperationException("A first state comes with its memory."),
        };
        if (call.Value("states") is BoolValue { Value: true }) return form with { Call = $"$layer.call($input{states})" };
        return form with { Call = $"$helpers.Sequence($layer.call($input{states}))", Source = HasMemory(call) ? SequenceOfThree : SequenceOfTwo };
    }

    // An optional state that comes without its memory, or the other way round, must not be overlooked.
    private static string Given(string port) => $"{port} ?? throw new global::System.ArgumentNullException(nameof({port}))";

    private static CSharpArgument[] ActivationOf(OperatorCall call) => call.Value("activation") is StringValue word
        ? [Code($"global::TorchSharp.torch.nn.NonLinearities.{(word.Value == "relu" ? "ReLU" : "Tanh")}")]
        : [];

    private const string SequenceOfTwo = """
        internal static global::TorchSharp.torch.Tensor Sequence((global::TorchSharp.torch.Tensor Output, global::TorchSharp.torch.Tensor State) result)
        {
            result.State.Dispose();
            return result.Output;
        }
        """;

    private const string SequenceOfThree = """
        internal static global::TorchSharp.torch.Tensor Sequence(
            (global::TorchSharp.torch.Tensor Output, global::TorchSharp.torch.Tensor State, global::TorchSharp.torch.Tensor Memory) result)
        {
            result.State.Dispose();
            result.Memory.Dispose();
            return result.Output;
        }
        """;
}
