using Dlm.Runtime.Data;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;

namespace Dlm.Runtime.Training;

/// <summary>One network that learns to say the target: output = network(input), minimise loss(output, target).</summary>
public sealed class Supervised : Objective
{
    private readonly nn.Module _network;
    private readonly Func<Batch, Tensor> _forward;
    private readonly Loss _loss;
    private readonly Optimizer _optimizer;
    private readonly IReadOnlyList<IMetric> _metrics;
    private int? _classes;

    /// <summary>For a network of one input: the batch's "input" goes in, its "target" should come out.</summary>
    /// <param name="network">The network, on the device it is trained on.</param>
    /// <param name="loss">How wrong an output is: one of <see cref="Losses"/> or a function.</param>
    /// <param name="optimizer">What changes the parameters.</param>
    /// <param name="metrics">What is counted beside the loss.</param>
    public Supervised(nn.Module<Tensor, Tensor> network, Loss loss, Optimizer optimizer, params IReadOnlyList<IMetric> metrics)
        : this(network, batch => network.call(batch.Input), loss, optimizer, metrics)
    {
    }

    /// <summary>For a network that takes its inputs from the batch in a way of its own.</summary>
    /// <param name="network">The network, on the device it is trained on.</param>
    /// <param name="forward">What the network says to a batch.</param>
    /// <param name="loss">How wrong that is, compared with the batch's "target".</param>
    /// <param name="optimizer">What changes the parameters.</param>
    /// <param name="metrics">What is counted beside the loss.</param>
    public Supervised(nn.Module network, Func<Batch, Tensor> forward, Loss loss, Optimizer optimizer, params IReadOnlyList<IMetric> metrics)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(optimizer);
        (_network, _forward, _loss, _optimizer, _metrics) = (network, forward, loss, optimizer, metrics);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, nn.Module Network)> Networks => [("", _network)];

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Optimizer Optimizer)> Optimizers => [("optimizer", _optimizer)];

    /// <inheritdoc/>
    public override IReadOnlyList<IMetric> Metrics => _metrics;

    /// <summary>
    /// The dimension of the output that has a score for each class; null where the target is no class. Where it is set, the first step
    /// holds that dimension against the data's classes.
    /// </summary>
    public int? ClassDimension { get; init; }

    /// <inheritdoc/>
    public override Tensor[] TrainStep(Batch batch, IReadOnlyList<IMetric> metrics, StepPlan plan)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Tensor output = _forward(batch);
        CheckClasses(output);
        Tensor loss = _loss(output, batch.Target);
        Minimize(loss, _optimizer, plan);
        Count(output.detach(), batch, metrics);
        return [loss];
    }

    /// <inheritdoc/>
    public override Tensor[] EvaluateStep(Batch batch, IReadOnlyList<IMetric> metrics)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Tensor output = _forward(batch);
        Count(output, batch, metrics);
        return [_loss(output, batch.Target)];
    }

    /// <inheritdoc/>
    public override Tensor Predict(Batch batch) => _forward(batch);

    /// <summary>Takes note of the data that a run learns from.</summary>
    internal void Expect(IDataset data) => _classes = data.Classes;

    // Too few scores end in the middle of a run, on a GPU with all of it; too many are learnt never to be used.
    private void CheckClasses(Tensor output)
    {
        if (ClassDimension is not { } dimension || _classes is not { } classes) return;
        _classes = null;
        if (output.shape[dimension] == classes) return;
        throw new InvalidOperationException(
            $"The data has {classes} classes, and the network has {output.shape[dimension]} scores for each sample: its output is [{string.Join(", ", output.shape)}]. "
            + $"Make the network with {classes} classes, or give it other data.");
    }

    private static void Count(Tensor output, Batch batch, IReadOnlyList<IMetric> metrics)
    {
        foreach (IMetric metric in metrics) metric.Update(output, batch.Target);
    }
}
