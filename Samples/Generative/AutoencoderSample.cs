using System.CommandLine;
using Dlm.Models.Generative;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Training;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Dlm.Samples.Generative;

/// <summary>
/// Half of the pixels are taken away, and an autoencoder that has seen digits before puts them back: the recipe <c>DenoisingOnMnist</c>. What it
/// restores are digits of the test set, which pass through thirty numbers on their way.
/// </summary>
internal sealed class AutoencoderSample : Sample
{
    private const int Shown = 10;
    private const double Removed = 0.5; // as the recipe has it

    private readonly Option<int> _batch;

    public AutoencoderSample()
        : base("autoencoder", "An autoencoder restores digits of which half is missing.", DigitData.Option, epochs: 8) =>
        _batch = Add("--batch", "How many images a step sees.", DenoisingOnMnist.BatchSize);

    protected override void Run(SampleRun run)
    {
        DigitData digits = DigitData.Find(run.Data, run.Seed);
        DigitPictures images = new(digits.Training, "image", isSigned: false), others = new(digits.Test, "image", isSigned: false);

        manual_seed((long)run.Seed);
        using Autoencoder network = DenoisingOnMnist.CreateNetwork();
        Trainer trainer = DenoisingOnMnist.CreateTrainer(network, run.Plan(DenoisingOnMnist.Options));
        run.Fit(trainer, DenoisingOnMnist.CreateLoader(images, run.Get(_batch), run.Seed), title: $"Denoising autoencoder on {digits.Name}");

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        network.cpu().eval();
        Tensor whole = others.First((int)others.Count), half = where(rand_like(whole) < Removed, zeros_like(whole), whole);
        Tensor restored = network.call(half).logits.sigmoid();
        Tensor mean = images.First((int)Math.Min(10_000, images.Count)).mean([0], keepdim: true);
        double Error(Tensor pictures) => F.mse_loss(pictures, whole).item<float>();
        run.Figure("Error of restored test digits", $"{Error(restored):0.0000} (mean square); with half of the pixels missing {Error(half):0.0000}, of the mean digit {Error(mean.expand_as(whole)):0.0000}");
        run.Picture("restored", "Test digits without half of their pixels, restored, and as they were", ImageSheet.Encode(cat([half[..Shown], restored[..Shown], whole[..Shown]], 0), Shown));
    }
}
