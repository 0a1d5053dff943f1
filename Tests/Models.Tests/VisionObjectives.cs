using Dlm.Models.Vision;
using Dlm.Runtime.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Models.Tests;

/// <summary>The objectives of networks that classify images, for <see cref="ObjectiveTests"/>.</summary>
internal static class VisionObjectives
{
    /// <summary>What makes a network and its steps, by the name of the reference.</summary>
    public static IReadOnlyDictionary<string, Func<(nn.Module Network, Func<int, Tensor[]> Step)>> All { get; } =
        new Dictionary<string, Func<(nn.Module, Func<int, Tensor[]>)>>
        {
            ["googlenet"] = () =>
            {
                GoogLeNet net = new(classes: 10, dropout: 0, dropout_aux: 0);
                net.to(float64); // its normalised layers make much of the least difference
                GoogLeNetLoss objective = new(net, new Sgd(net, 1e-3, momentum: 0.9));
                return (net, i =>
                {
                    var step = objective.Step(Fill.Floats($"image{i}", [4, 3, 64, 64], 1, 0.5).to(float64), Fill.Integers($"target{i}", [4], 10));
                    return [step.Loss, step.Accuracy];
                }
                );
            },
        };
}
