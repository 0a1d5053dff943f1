using System.CommandLine;
using Dlm.Models.Generative;
using Dlm.Runtime.Data;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples;

/// <summary>
/// Two networks play against each other until one of them draws digits: the objective <c>GanGame</c> of Models/Generative/Gan.dlm, trained as any
/// other. After each epoch it draws the same noise, so that the pictures show how drawing is learned.
/// </summary>
internal sealed class GanSample : ISample
{
    private const int Shown = 64;
    private const double Rate = 2e-4, FirstMoment = 0.5; // Radford et al., 2015, section 4

    private readonly Option<string?> _data = new("--data") { Description = "A folder with MNIST's IDX files. Without it: DLM_DATA, else a download, else drawn digits.", HelpName = "folder" };
    private readonly Option<int> _epochs = new("--epochs") { Description = "How many times to go through the images.", DefaultValueFactory = _ => 20 };
    private readonly Option<int> _batch = new("--batch") { Description = "How many images a step sees.", DefaultValueFactory = _ => 64 };
    private readonly Option<ulong> _seed = new("--seed") { Description = "The same seed gives the same run.", DefaultValueFactory = _ => 0 };
    private readonly Option<string> _out = new("--out") { Description = "Where checkpoints and pictures go.", DefaultValueFactory = _ => Path.Combine("artifacts", "gan"), HelpName = "folder" };
    private readonly Option<string?> _resume = new("--resume") { Description = "A checkpoint to go on from, or a folder of them.", HelpName = "path" };

    public Command Command
    {
        get
        {
            CommandLine.RequirePositive(_epochs);
            CommandLine.RequirePositive(_batch);
            Command command = new("gan", "A generator learns to draw digits that a discriminator takes for real ones.") { _data, _epochs, _batch, _seed, _out, _resume };
            command.SetAction(Run);
            return command;
        }
    }

    private void Run(ParseResult options)
    {
        ulong seed = options.GetValue(_seed);
        string folder = options.GetValue(_out)!;
        Directory.CreateDirectory(folder);
        DigitData digits = DigitData.Find(options.GetValue(_data), seed);
        Signed images = new(digits.Training);

        manual_seed((long)seed);
        using GanGenerator generator = new();
        using GanDiscriminator discriminator = new();
        using Adam drawing = new(generator, Rate, FirstMoment), judging = new(discriminator, Rate, FirstMoment);
        using Tensor noise = randn(Shown, 100);
        Trainer trainer = new(new GanGame(generator, discriminator, drawing, judging), new TrainerOptions
        {
            Epochs = options.GetValue(_epochs),
            CheckpointFolder = Path.Combine(folder, "checkpoints"),
            ResumeCommand = CommandLine.ToResume,
        });
        trainer.Callbacks.Add(new Gallery(generator, noise, folder));
        AnsiConsole.WriteLine($"{digits.Name} ({digits.Source}): {images.Count:n0} images; {generator.parameters().Sum(p => p.numel()):n0} parameters draw, {discriminator.parameters().Sum(p => p.numel()):n0} judge");

        FitResult result = trainer.Fit(new DataLoader(images, options.GetValue(_batch), new ShuffledSampler(images.Count, seed)), resumeFrom: options.GetValue(_resume));
        AnsiConsole.Write(new Grid().AddColumn().AddColumn()
            .AddRow(new Text("Pictures"), new TextPath(Path.Combine(folder, "epoch*.png")))
            .AddRow(new Text("Checkpoint"), new TextPath(result.Checkpoint ?? "")));
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

    /// <summary>Draws the same noise after each epoch.</summary>
    private sealed class Gallery(GanGenerator generator, Tensor noise, string folder) : ICallback
    {
        public void EpochEnded(Trainer trainer, TrainingProgress progress, EpochSummary summary)
        {
            using var noGradient = no_grad();
            using Tensor drawn = generator.call(noise);
            File.WriteAllBytes(Path.Combine(folder, $"epoch{summary.Epoch:00}.png"), ImageSheet.Encode(drawn, low: -1));
        }
    }
}
