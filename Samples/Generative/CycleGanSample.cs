using System.CommandLine;
using Dlm.Models.Generative;
using Dlm.Runtime.Data;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Training;
using Spectre.Console;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Dlm.Samples.Generative;

/// <summary>
/// Digits as they were written become bold ones in yellow on blue, and these the former again, without a pair to learn from: the recipe
/// <c>CycleGanOnHorses</c>. How the second kind is made of the first is known to the sample alone, which tells by it how well it was found out.
/// </summary>
internal sealed class CycleGanSample : Sample
{
    private const int Shown = 10;
    private const int Judged = 500;

    private readonly Option<int> _steps, _batch, _width;
    private readonly Option<double> _rate;

    public CycleGanSample()
        : base("cyclegan", "Digits become others in shape and colour, and come back, learned without pairs.", DigitData.Option)
    {
        _steps = Add("--steps", "How many steps there are; the rate falls in the second half.", 800);
        _batch = Add("--batch", "How many images of each kind a step sees; in the paper it is one.", 4);
        _width = Add("--width", "The channels of the layer next to the image; in the paper it is 64.", 8);
        _rate = Add("--rate", "The rate of all four networks; the paper's is 0.0002.", 1e-3);
    }

    protected override void Run(SampleRun run)
    {
        DigitData digits = DigitData.Find(run.Data, run.Seed);
        using DigitReader reader = new(digits.Training, run.Seed);
        Unpaired pictures = new(new DigitPictures(digits.Training, "image"));
        AnsiConsole.WriteLine($"{digits.Name} ({digits.Source}): {pictures.Count:n0} images of each kind, none of both");

        manual_seed((long)run.Seed);
        using CycleGanGenerator there = new(width: run.Get(_width)), back = new(width: run.Get(_width));
        using PatchDiscriminator judgeOfPlain = new(width: run.Get(_width)), judgeOfBold = new(width: run.Get(_width));
        TrainerOptions options = run.Plan(CycleGanOnHorses.Options) with
        {
            Epochs = int.MaxValue,
            Steps = run.Get(_steps),
            Schedule = new ConstantSchedule().Then(Period.Share(0.5), new PolynomialSchedule()),
            CheckpointFolder = null,
        };
        double rate = run.Get(_rate);
        Trainer trainer = CycleGanOnHorses.CreateTrainer(
            there, back, judgeOfPlain, judgeOfBold, options,
            CycleGanOnHorses.CreateThereOptimizer(there, rate), CycleGanOnHorses.CreateBackOptimizer(back, rate),
            CycleGanOnHorses.CreateJudgeAOptimizer(judgeOfPlain, rate), CycleGanOnHorses.CreateJudgeBOptimizer(judgeOfBold, rate));
        run.Fit(trainer, CycleGanOnHorses.CreateLoader(pictures, run.Get(_batch), run.Seed));

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        there.cpu();
        back.cpu();
        Tensor grey = new DigitPictures(digits.Test, "image").First(Judged), plain = Plain(grey), bold = Bold(grey);
        Tensor made = there.call(plain), returned = back.call(made), unmade = back.call(bold);
        double kept = reader.Read(returned.mean([1], keepdim: true)).argmax(1).eq(reader.Read(grey).argmax(1)).to(ScalarType.Float32).mean().item<float>();
        run.Figure("Digits that still read the same there and back", $"{100 * kept:0.0} %");
        run.Figure("Error of what they become", $"{Error(made, bold):0.000} a pixel of 2; left as they are {Error(plain, bold):0.000}");
        run.Figure("Error there and back", $"{Error(returned, plain):0.000}");
        run.Picture("there", "Digits, what they become, and what returns", ImageSheet.Encode(cat([plain[..Shown], made[..Shown], returned[..Shown]], 0), Shown, low: -1));
        run.Picture("back", "The other way: bold digits, and what they become", ImageSheet.Encode(cat([bold[..Shown], unmade[..Shown]], 0), Shown, low: -1));
    }

    private static double Error(Tensor made, Tensor known) => (made - known).abs().mean().item<float>();

    private static Tensor Plain(Tensor grey) => grey.expand(-1, 3, -1, -1).contiguous();

    // Each stroke a pixel wider to all sides, yellow on blue.
    private static Tensor Bold(Tensor grey)
    {
        Tensor ink = (F.max_pool2d(grey, 3, 1, 1) + 1) / 2;
        Tensor yellow = tensor([1f, 0.7f, -0.6f]).reshape(1, 3, 1, 1), blue = tensor([-0.8f, -0.5f, 0.3f]).reshape(1, 3, 1, 1);
        return blue + (yellow - blue) * ink;
    }

    /// <summary>The first half of the digits as they are, and the second half as the others: no digit is of both kinds.</summary>
    private sealed class Unpaired(DigitPictures digits) : IDataset
    {
        public long Count => digits.Count / 2;

        public string SampleNoun => "images";

        public Batch Read(ReadOnlySpan<long> indices)
        {
            using Batch plain = digits.Read(indices), other = digits.Read([.. indices.ToArray().Select(i => i + Count)]);
            return new Batch(indices, ("a", Plain(plain["image"])), ("b", Bold(other["image"])));
        }
    }
}
