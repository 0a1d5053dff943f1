using Dlm.Runtime.Data;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;

namespace Dlm.Runtime.Training;

/// <summary>
/// What a <see cref="Trainer"/> works at: which networks there are, and what one batch does to them. One network with one
/// loss is <see cref="Supervised"/>; a game of several networks is another subclass.
/// </summary>
public abstract class Objective
{
    /// <summary>The networks, under the names that lead their keys in checkpoints; a single one usually has the empty name.</summary>
    public abstract IReadOnlyList<(string Name, nn.Module Network)> Networks { get; }

    /// <summary>The optimizers, under the names that lead their keys in checkpoints.</summary>
    public abstract IReadOnlyList<(string Name, Optimizer Optimizer)> Optimizers { get; }

    /// <summary>The names of the losses that the steps give, the most telling first.</summary>
    public virtual IReadOnlyList<string> LossNames => ["loss"];

    /// <summary>Those of <see cref="LossNames"/> that are not minimised but only measured: of them the higher is the better.</summary>
    public virtual IReadOnlyList<string> MeasureNames => [];

    /// <summary>What is counted beside the losses. These are patterns: each phase counts with fresh ones.</summary>
    public virtual IReadOnlyList<IMetric> Metrics => [];

    /// <summary>Learns from one batch. Temporaries need no disposal.</summary>
    /// <param name="batch">The batch; the caller disposes it.</param>
    /// <param name="metrics">What to count with, one for each of <see cref="Metrics"/>.</param>
    /// <param name="plan">What accumulation and clipping ask.</param>
    /// <returns>A tensor without dimensions for each of <see cref="LossNames"/>.</returns>
    public abstract Tensor[] TrainStep(Batch batch, IReadOnlyList<IMetric> metrics, StepPlan plan);

    /// <summary>Judges one batch without learning from it; gradients are not recorded.</summary>
    /// <inheritdoc cref="TrainStep"/>
    public abstract Tensor[] EvaluateStep(Batch batch, IReadOnlyList<IMetric> metrics);

    /// <summary>What the networks say to one batch; gradients are not recorded.</summary>
    /// <exception cref="NotSupportedException">The objective has no single answer.</exception>
    public virtual Tensor Predict(Batch batch) => throw new NotSupportedException($"{GetType().Name} does not say what a prediction is.");

    /// <summary>
    /// One optimizer step along the gradient of <paramref name="loss"/>, or a part of one where gradients accumulate. It changes the
    /// optimizer's parameters and leaves no gradient at any other.
    /// </summary>
    protected void Minimize(Tensor loss, Optimizer optimizer, StepPlan plan)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Descend(loss, [optimizer], plan, keepsGraph: false);
    }

    /// <summary>The same for several optimizers at once, and where a later step needs a part of the graph.</summary>
    private protected void Descend(Tensor loss, IReadOnlyList<Optimizer> optimizers, StepPlan plan, bool keepsGraph)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (plan.Watch is { } watch && optimizers.Any(optimizer => !watch.LookAt(loss, optimizer))) return;
        double scale = plan.LossScale * (optimizers[0].Scaler?.Scale ?? 1);
        Tensor scaled = scale == 1 ? loss : loss * scale;
        if (plan.Update)
        {
            foreach (Optimizer optimizer in optimizers) optimizer.BeginReduction();
        }

        if (Optimizers.Count == 1 && !keepsGraph) scaled.backward();
        else scaled.backward(retain_graph: keepsGraph, inputs: [.. optimizers.SelectMany(optimizer => optimizer.Parameters)]);
        foreach (Optimizer optimizer in optimizers) plan.Watch?.LookAtGradients(optimizer);
        if (!plan.Update) return;
        foreach (Optimizer optimizer in optimizers)
        {
            if (optimizer.UnscaleGradients())
            {
                if (plan.ClipValue is { } size) optimizer.ClipGradientValues(size);
                if (plan.ClipNorm is { } largest) optimizer.ClipGradientNorm(largest);
                optimizer.Step();
                plan.Watch?.StepMade();
            }

            optimizer.ZeroGradients();
        }
    }
}
