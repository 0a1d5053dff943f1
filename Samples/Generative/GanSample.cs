using System.CommandLine;
using Dlm.Models.Generative;
using Dlm.Runtime.Data;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Generative;

/// <summary>
/// Two networks play against each other until one of them draws digits: the objective <c>GanGame</c> of Models/Generative/Gan.dlm, trained as any
/// other. What it draws of a fixed noise is shown at the end.
/// </summary>
internal sealed class GanSample : Sample
{
    private const int Shown = 64;
    private const double Rate = 2e-4, FirstMoment = 0.5; // Radford et al., 2015, section 4

    private readonly Option<int> _batch;

    public GanSample()
        : base("gan", "A generator learns to draw digits that a discriminator takes for real ones.", DigitData.Option, epochs: 20) =>
        _batch = Add("--batch", "How many images a step sees.", 64);

    protected override void Run(SampleRun run)
    {
        DigitData digits = DigitData.Find(run.Data, run.Seed);
        Signed images = new(digits.Training);

        manual_seed((long)run.Seed);
        using GanGenerator generator = new();
        using GanDiscriminator discriminator = new();
        using Adam drawing = new(generator, Rate, FirstMoment), judging = new(discriminator, Rate, FirstMoment);
        using Tensor noise = randn(Shown, 100);
        Trainer trainer = new(new GanGame(generator, discriminator, drawing, judging), run.Plan());
        AnsiConsole.WriteLine($"{digits.Name} ({digits.Source}): {images.Count:n0} images; {generator.parameters().Sum(p => p.numel()):n0} parameters draw, {discriminator.parameters().Sum(p => p.numel()):n0} judge");

        run.Fit(trainer, new DataLoader(images, run.Get(_batch), new ShuffledSampler(images.Count, run.Seed)), title: $"GAN on {digits.Name}");
        using var noGradient = no_grad();
        using Tensor drawn = generator.call(noise);
        run.Picture("digits", "Digits drawn from noise", ImageSheet.Encode(drawn, low: -1));
    }

    /// <summary>Digits whose pixels go from -1 to 1, as the generator's do, without what they show.</summary>
    private sealed class Signed(LabelledImages digits) : IDataset
    {
        public long Count => digits.Count;

        public Batch Read(ReadOnlySpan<long> indices)
        {
            byte[] pixels = new byte[indices.Length * digits.Width * digits.Height];
            for (int i = 0; i < indices.Length; i++) digits.Image((int)indices[i]).CopyTo(pixels.AsSpan(i * digits.Width * digits.Height));
            Tensor images = tensor(pixels).reshape(indices.Length, 1, digits.Height, digits.Width).to(ScalarType.Float32) / 127.5 - 1;
            return new Batch(indices, ("real", images));
        }
    }
}
