using Dlm.Models.Vision;
using Dlm.Runtime.Data;
using Dlm.Runtime.Display;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Samples.Generative;

/// <summary>
/// Judges drawn digits as the Inception score does photographs (Salimans et al., 2016, section 4), with a LeNet-5 that has learned to read in place of
/// the Inception network: the exponential of how far what it says of each picture is from what it says of all together. 10 is the most: each
/// picture is one digit beyond doubt, and all ten are equally frequent. 1 is the least.
/// </summary>
internal sealed class DigitReader : IDisposable
{
    private const int Seen = 40_000;
    private const int Side = 28;

    private readonly LeNet5 _network;

    /// <summary>Learns to read, for one epoch.</summary>
    public DigitReader(LabelledImages digits, ulong seed)
    {
        _network = LeNetOnMnist.CreateNetwork((long)seed);
        using Adam optimizer = LeNetOnMnist.CreateOptimizer(_network);
        Trainer trainer = LeNetOnMnist.CreateTrainer(_network, LeNetOnMnist.Options with { Epochs = 1, Display = new SilentDisplay() }, optimizer);
        ShuffledSampler some = new(Math.Min(Seen, digits.Count), seed);
        trainer.Fit(new DataLoader(digits, LeNetOnMnist.BatchSize, some));
        _network.eval();
    }

    /// <summary>The score of pictures [B, 1, H, W] of values from -1 to 1, at least 28 wide and high.</summary>
    public double Score(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor shares = Read(pictures);
        Tensor all = shares.mean([0], keepdim: true);
        return Math.Exp((shares * ((shares + 1e-12).log() - (all + 1e-12).log())).sum(1).mean().item<float>());
    }

    /// <summary>Which digit each picture shows, and how likely, [B, 10].</summary>
    public Tensor Read(Tensor pictures)
    {
        using var noGradient = no_grad();
        long top = (pictures.shape[2] - Side) / 2, left = (pictures.shape[3] - Side) / 2;
        Tensor seen = pictures.narrow(2, top, Side).narrow(3, left, Side);
        return _network.call(((seen + 1) / 2 - Mnist.Mean) / Mnist.Deviation).softmax(1);
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
