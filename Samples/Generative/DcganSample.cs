using System.CommandLine;
using Dlm.Models.Generative;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Generative;

/// <summary>
/// The same game with convolutions: the recipe <c>DcganOnMnist</c>, with narrower networks unless <c>--width</c> says otherwise. Between two points of
/// noise the pictures go over into each other, which they would not if the generator had learned some by heart (Radford et al., 2015, section 6.1).
/// </summary>
internal sealed class DcganSample : Sample
{
    private const int Columns = 10;
    private const int Judged = 1000;
    private const int Noise = 100;
    private const int Margin = 2; // 28 pixels are 32 then

    private readonly Option<int> _batch, _width, _images;

    public DcganSample()
        : base("dcgan", "Convolutions draw digits, one of which becomes another step by step.", DigitData.Option, epochs: 4)
    {
        _batch = Add("--batch", "How many images a step sees.", 64);
        _width = Add("--width", "The channels of the layer next to the image; in the paper it is 64 or more.", 16);
        _images = Add("--images", "How many images there are to learn from, at most.", 60_000);
    }

    protected override void Run(SampleRun run)
    {
        DigitData digits = DigitData.Find(run.Data, run.Seed);
        DigitPictures images = new(digits.Training, "real", margin: Margin, most: run.Get(_images));
        using DigitReader reader = new(digits.Training, run.Seed);

        manual_seed((long)run.Seed);
        using DcganGenerator32 generator = new(width: run.Get(_width));
        using DcganDiscriminator32 discriminator = new(width: run.Get(_width));
        using Tensor noise = randn(Judged, Noise, 1, 1);
        Trainer trainer = DcganOnMnist.CreateTrainer(generator, discriminator, run.Plan(DcganOnMnist.Options));
        AnsiConsole.WriteLine($"{digits.Name} ({digits.Source}): {images.Count:n0} images; {generator.parameters().Sum(p => p.numel()):n0} parameters draw, {discriminator.parameters().Sum(p => p.numel()):n0} judge");
        double before = reader.Score(EpochDrawings.Draw(generator, noise));

        FitResult result = run.Fit(trainer, DcganOnMnist.CreateLoader(images, run.Get(_batch), run.Seed), title: $"DCGAN on {digits.Name}");
        using Tensor drawn = EpochDrawings.Draw(generator, noise), real = images.First(Judged);
        run.Figure("Score of drawn digits, at most 10", $"{reader.Score(drawn):0.00} after {result.Step:n0} steps; of real ones {reader.Score(real):0.00}, before training {before:0.00}");
        run.Picture("digits", "Digits drawn from noise", ImageSheet.Encode(drawn[..(6 * Columns)], Columns, low: -1));
        using Tensor between = EpochDrawings.Draw(generator, Between(noise));
        run.Picture("between", "From one noise to another: each row goes over from its first digit to its last", ImageSheet.Encode(between, Columns, low: -1));
    }

    // Along the sphere on which normal noise lies; halfway along the straight line it would be too short.
    private static Tensor Between(Tensor noise)
    {
        using var scope = NewDisposeScope();
        Tensor turn = (arange(Columns) * (Math.PI / 2 / (Columns - 1))).to(ScalarType.Float32).reshape(1, Columns, 1, 1, 1);
        Tensor from = noise[..5].unsqueeze(1), to = noise[5..10].unsqueeze(1);
        return (from * turn.cos() + to * turn.sin()).reshape(5 * Columns, Noise, 1, 1).MoveToOuterDisposeScope();
    }
}
