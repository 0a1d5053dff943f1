using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Samples.Generative;

/// <summary>Keeps what a generator draws of the same noise before the first epoch and after each, so that one can see it learn.</summary>
/// <param name="generator">The generator.</param>
/// <param name="noise">Of what it draws.</param>
internal sealed class EpochDrawings(nn.Module<Tensor, Tensor> generator, Tensor noise) : ICallback, IDisposable
{
    private readonly List<Tensor> _rows = [];

    /// <summary>A row of images for each epoch, one below the other, [rows * count, C, H, W].</summary>
    public Tensor All => cat(_rows, 0);

    /// <inheritdoc/>
    public void FitStarted(Trainer trainer, TrainingProgress progress) => _rows.Add(Draw(generator, noise));

    /// <inheritdoc/>
    public void EpochEnded(Trainer trainer, TrainingProgress progress, EpochSummary epoch) => _rows.Add(Draw(generator, noise));

    /// <summary>What the generator draws, on the CPU; it stays in the mode that it is in.</summary>
    public static Tensor Draw(nn.Module<Tensor, Tensor> generator, Tensor noise)
    {
        using var noGradient = no_grad();
        bool isTraining = generator.training;
        generator.eval();
        Device device = generator.parameters().First().device;
        using Tensor there = noise.to(device, copy: true);
        using Tensor drawn = generator.call(there);
        generator.train(isTraining);
        return drawn.cpu().clone().DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor row in _rows) row.Dispose();
    }
}
