using System.CommandLine;
using Dlm.Models.Generative;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Generative;

/// <summary>
/// A critic measures how far what is drawn is from what is real, once with clipped weights and once with a penalty on its slope: the recipes
/// <c>WganOnMnist</c> and <c>WganGpOnMnist</c>, at higher rates. Its distance falls as pictures become better, which no loss of the first game does.
/// </summary>
internal sealed class WganSample : Sample
{
    private const int Columns = 10;
    private const int Judged = 1000;
    private const int Noise = 100;
    private const int Margin = 2; // 28 pixels are 32 then

    private readonly Option<int> _steps, _batch, _width;
    private readonly Option<double> _clipped, _penalized;

    public WganSample()
        : base("wgan", "A critic's distance falls while digits are learned: clipped weights beside a gradient penalty.", DigitData.Option)
    {
        _steps = Add("--steps", "How many steps each critic makes; a generator makes a fifth of that.", 3000);
        _batch = Add("--batch", "How many images a step sees.", WganOnMnist.BatchSize);
        _width = Add("--width", "The channels of the layer next to the image.", 8);
        _clipped = Add("--rate-clipped", "The rate with clipped weights; the paper's is 0.00005.", 1e-3);
        _penalized = Add("--rate-penalized", "The rate with the penalty; the paper's is 0.0001.", 2e-3);
    }

    protected override void Run(SampleRun run)
    {
        DigitData digits = DigitData.Find(run.Data, run.Seed);
        DigitPictures images = new(digits.Training, "real", margin: Margin);
        using DigitReader reader = new(digits.Training, run.Seed);
        AnsiConsole.WriteLine($"{digits.Name} ({digits.Source}): {images.Count:n0} images");

        manual_seed((long)run.Seed);
        using DcganGenerator32 clippedGenerator = new(width: run.Get(_width));
        using WganCritic clippedCritic = new(width: run.Get(_width));
        Trainer clipped = WganOnMnist.CreateTrainer(
            clippedGenerator, clippedCritic, Plan(run, WganOnMnist.Options),
            WganOnMnist.CreateGeneratorOptimizer(clippedGenerator, run.Get(_clipped)), WganOnMnist.CreateCriticOptimizer(clippedCritic, run.Get(_clipped)));
        double[] ofClipped = [.. Train(run, clipped, images).Losses("critic").Select(loss => -loss)];

        manual_seed((long)run.Seed);
        using DcganGenerator32 generator = new(width: run.Get(_width));
        using WganGpCritic critic = new(width: run.Get(_width));
        Trainer penalized = WganGpOnMnist.CreateTrainer(
            generator, critic, Plan(run, WganGpOnMnist.Options),
            WganGpOnMnist.CreateGeneratorOptimizer(generator, run.Get(_penalized)), WganGpOnMnist.CreateCriticOptimizer(critic, run.Get(_penalized)));
        double[] ofPenalized = Train(run, penalized, images).Losses("distance_moved");

        using Tensor noise = randn(Judged, Noise, 1, 1), drawn = EpochDrawings.Draw(generator, noise), drawnClipped = EpochDrawings.Draw(clippedGenerator, noise);
        using Tensor real = images.First(Judged);
        run.Figure("Score of drawn digits, at most 10", $"{reader.Score(drawn):0.00} with a penalty, {reader.Score(drawnClipped):0.00} clipped; of real ones {reader.Score(real):0.00}");
        run.Figure("Distance at the end, of its highest", $"{Fall(ofPenalized)} with a penalty, {Fall(ofClipped)} clipped");
        run.Picture("distance", "The critic's distance, each as a share of its highest", CurveChart.Draw(
            $"Wasserstein GAN on {digits.Name}", "steps of the critic", "share of the highest distance", [new("gradient penalty", Shares(ofPenalized)), new("clipped weights", Shares(ofClipped))]));
        run.Picture("digits", "Digits drawn with a penalty", ImageSheet.Encode(drawn[..(4 * Columns)], Columns, low: -1));
        run.Picture("clipped", "And with clipped weights", ImageSheet.Encode(drawnClipped[..(4 * Columns)], Columns, low: -1));
    }

    private TrainerOptions Plan(SampleRun run, TrainerOptions recipe) =>
        run.Plan(recipe) with { Epochs = int.MaxValue, Steps = run.Get(_steps), CheckpointFolder = null };

    private TrainingHistory Train(SampleRun run, Trainer trainer, DigitPictures images) =>
        run.Fit(trainer, WganOnMnist.CreateLoader(images, run.Get(_batch), run.Seed)).History;

    // Batches differ: each figure is a mean of some fifty.
    private static double[] Means(double[] distances) => [.. distances.Chunk(50).Where(some => some.Length == 50).Select(some => some.Average())];

    private static string Fall(double[] distances) => $"{100 * Means(distances)[^1] / Means(distances).Max():0} %";

    private static (double X, double Y)[] Shares(double[] distances)
    {
        double[] means = Means(distances);
        return [.. means.Select((distance, i) => (50.0 * (i + 1), distance / means.Max()))];
    }
}
