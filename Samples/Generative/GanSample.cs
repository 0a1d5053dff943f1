using System.CommandLine;
using Dlm.Models.Generative;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Generative;

/// <summary>
/// Two networks play against each other until one of them draws digits: the recipe <c>GanByAdam</c> of Models/Generative/Recipes.dlm. What it draws of a
/// fixed noise is kept after each epoch.
/// </summary>
internal sealed class GanSample : Sample
{
    private const int Columns = 10;
    private const int Judged = 1000;
    private const int Noise = 100;

    private readonly Option<int> _batch;

    public GanSample()
        : base("gan", "A generator learns to draw digits that a discriminator takes for real ones.", DigitData.Option, epochs: 14) =>
        _batch = Add("--batch", "How many images a step sees.", GanByAdam.BatchSize);

    protected override void Run(SampleRun run)
    {
        DigitData digits = DigitData.Find(run.Data, run.Seed);
        DigitPictures images = new(digits.Training, "real");
        using DigitReader reader = new(digits.Training, run.Seed);

        manual_seed((long)run.Seed);
        (GanGenerator generator, GanDiscriminator discriminator) = GanByAdam.CreateNetworks();
        using Tensor noise = randn(Judged, Noise);
        using EpochDrawings drawings = new(generator, noise[..Columns]);
        Trainer trainer = GanByAdam.CreateTrainer(generator, discriminator, run.Plan(GanByAdam.Options));
        trainer.Callbacks.Add(drawings);
        AnsiConsole.WriteLine($"{digits.Name} ({digits.Source}): {images.Count:n0} images; {generator.parameters().Sum(p => p.numel()):n0} parameters draw, {discriminator.parameters().Sum(p => p.numel()):n0} judge");
        double before = reader.Score(EpochDrawings.Draw(generator, noise));

        run.Fit(trainer, GanByAdam.CreateLoader(images, run.Get(_batch), run.Seed), title: $"GAN on {digits.Name}");
        using Tensor drawn = EpochDrawings.Draw(generator, noise), real = images.First(Judged);
        run.Figure("Score of drawn digits, at most 10", $"{reader.Score(drawn):0.00}; of real ones {reader.Score(real):0.00}, before training {before:0.00}");
        run.Picture("digits", "Digits drawn from noise", ImageSheet.Encode(drawn[..(6 * Columns)], Columns, low: -1));
        run.Picture("epochs", "The same noise before training and after each epoch, from top to bottom", ImageSheet.Encode(drawings.All, Columns, low: -1, zoom: 1));
    }
}
