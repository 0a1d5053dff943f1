using Dlm.Models.Memory;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;

namespace Dlm.Models.Tests;

/// <summary>The objectives of nets that remember and that ponder, for <see cref="ObjectiveTests"/>.</summary>
internal static class MemoryObjectives
{
    /// <summary>What makes a network and its steps, by the name of the reference.</summary>
    public static IReadOnlyDictionary<string, Func<(nn.Module Network, Func<int, Tensor[]> Step)>> All { get; } =
        new Dictionary<string, Func<(nn.Module, Func<int, Tensor[]>)>>
        {
            ["ntm"] = () =>
            {
                NeuralTuringMachine net = new();
                Episode objective = new(net, Graves(net));
                return (net, i => objective.Step(Bits($"x{i}", 3, 7, 9), Bits($"answer{i}", 3, 3, 8)) is var step ? [step.Loss, step.BitsWrong] : []);
            },
            ["stacked_lstm"] = () =>
            {
                StackedLstm net = new();
                EpisodeWithoutMemory objective = new(net, Graves(net));
                return (net, i => objective.Step(Bits($"x{i}", 3, 7, 9), Bits($"answer{i}", 3, 3, 8)) is var step ? [step.Loss, step.BitsWrong] : []);
            },
            ["act_parity"] = () =>
            {
                AdaptiveParity net = new();
                ParityInTime objective = new(net, new Adam(net, 1e-4), tau: 0.01);
                return (net, i => objective.Step(Fill.Floats($"x{i}", [5, 64], 2), Bits($"answer{i}", 5, 1)) is var step ? [step.Loss, step.Accuracy, step.PonderCost] : []);
            },
            ["act_sequence"] = () =>
            {
                AdaptiveRnn net = new();
                SequenceInTime objective = new(net, new Adam(net, 1e-4), tau: 0.01);
                return (net, i => objective.Step(Fill.Floats($"x{i}", [3, 4, 10], 2), Bits($"answer{i}", 3, 4, 10)) is var step ? [step.Loss, step.Accuracy, step.PonderCost] : []);
            },
        };

    private static RmsProp Graves(nn.Module net) => new(net, 1e-4, alpha: 0.95, epsilon: 0.01, momentum: 0.9, centered: true);

    private static Tensor Bits(string name, params long[] shape) => Fill.Integers(name, shape, 2).to(float32);
}
