using System.CommandLine;
using Dlm.Models.Generative;
using Dlm.Runtime.Data;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Dlm.Samples.Generative;

/// <summary>
/// Digits have causes, which a variational autoencoder finds: the recipe <c>VaeByAdam</c> with twenty of them, and with two, which can be shown on a
/// plane as in the paper's figure 4.
/// </summary>
internal sealed class VaeSample : Sample
{
    private const int Many = 20, Two = 2;
    private const int Drawn = 60, Columns = 10;
    private const int PlaneSide = 12;

    private readonly Option<int> _epochs, _batch;

    public VaeSample()
        : base("vae", "Digits drawn from twenty causes, and the plane of those that have two.", DigitData.Option)
    {
        _epochs = Add("--epochs", "How many times each of the two goes through the images.", 10);
        _batch = Add("--batch", "How many images a step sees.", VaeByAdam.BatchSize);
    }

    protected override void Run(SampleRun run)
    {
        DigitData digits = DigitData.Find(run.Data, run.Seed);
        DigitPictures images = new(digits.Training, "image", isSigned: false), others = new(digits.Test, "image", isSigned: false);
        using DigitReader reader = new(digits.Training, run.Seed);
        using Tensor whole = others.First((int)others.Count);
        using Tensor mean = images.First((int)Math.Min(10_000, images.Count)).mean([0], keepdim: true).clamp(1e-4, 1 - 1e-4);
        double ofMean = F.binary_cross_entropy(mean.expand_as(whole), whole).item<float>() * digits.Test.Width * digits.Test.Height;

        var (bound, untrained, decoder) = Train(run, digits, images, others, Many);
        using Tensor causes = randn(Drawn, Many), drawn = Draw(decoder, causes);
        var (boundOfTwo, _, plane) = Train(run, digits, images, others, Two);
        using Tensor quantiles = Quantiles(), places = cartesian_prod(quantiles, quantiles), shown = Draw(plane, places);

        run.Figure("Bound on test digits", $"{bound:0.0} nats an image with {Many} causes, {boundOfTwo:0.0} with {Two}; of the mean digit {ofMean:0.0}, before training {untrained:0.0}");
        using Tensor signed = drawn * 2 - 1, real = whole[..1000] * 2 - 1;
        run.Figure("Score of drawn digits, at most 10", $"{reader.Score(signed):0.00}; of real ones {reader.Score(real):0.00}");
        run.Picture("digits", $"Digits drawn from {Many} causes", ImageSheet.Encode(drawn, Columns));
        run.Picture("plane", "What two causes mean: the digits on the plane, equally likely from one to the next", ImageSheet.Encode(shown, PlaneSide, zoom: 1));
        decoder.Dispose();
        plane.Dispose();
    }

    private (double Bound, double Untrained, VaeDecoder Decoder) Train(SampleRun run, DigitData digits, DigitPictures images, DigitPictures others, int latent)
    {
        manual_seed((long)run.Seed);
        using VaeEncoder encoder = new(latent: latent);
        VaeDecoder decoder = new(latent: latent);
        TrainerOptions options = run.Plan(VaeByAdam.Options) with { Epochs = run.Get(_epochs), CheckpointFolder = null };
        Trainer trainer = VaeByAdam.CreateTrainer(encoder, decoder, options);
        DataLoader test = new(others, batchSize: 500);
        AnsiConsole.WriteLine($"{latent} causes, {images.Count:n0} images of {digits.Name} ({digits.Source})");
        double untrained = trainer.Evaluate(test)["loss"];
        run.Fit(trainer, VaeByAdam.CreateLoader(images, run.Get(_batch), run.Seed));
        return (trainer.Evaluate(test)["loss"], untrained, decoder);
    }

    private static Tensor Draw(VaeDecoder decoder, Tensor causes)
    {
        using var noGradient = no_grad();
        using Tensor there = causes.to(decoder.parameters().First().device, copy: true), logits = decoder.call(there);
        return logits.sigmoid().cpu();
    }

    // Numbers between which a normal one falls equally often (figure 4).
    private static Tensor Quantiles()
    {
        using var scope = NewDisposeScope();
        Tensor shares = (arange(PlaneSide).to(ScalarType.Float32) + 0.5) / PlaneSide;
        return (Math.Sqrt(2) * (2 * shares - 1).erfinv()).MoveToOuterDisposeScope();
    }
}
