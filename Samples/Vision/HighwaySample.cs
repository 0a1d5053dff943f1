using System.CommandLine;
using Dlm.Models.Vision;
using Dlm.Runtime.Data;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Vision;

/// <summary>
/// What depth does to plain networks and to those with highways (Srivastava et al., 2015, figure 1), each as wide as gives a layer five thousand parameters. A
/// layer whose gate is always open is a plain one.
/// </summary>
internal sealed class HighwaySample : Sample
{
    private const int Wide = 71, Narrow = 50; // section 3
    private const double Open = 1e3, AlmostShut = -3;

    private readonly Option<int> _epochs, _shallow, _deep;

    public HighwaySample()
        : base("highway", "Plain networks and highway networks of ten and fifty layers read handwritten digits (MNIST).", DigitData.Option)
    {
        _epochs = Add("--epochs", "How many times to go through the digits.", 3);
        _shallow = Add("--shallow", "How many layers the smaller networks have.", 10);
        _deep = Add("--deep", "How many layers the larger networks have.", 50);
    }

    protected override void Run(SampleRun run)
    {
        DigitData digits = DigitData.Find(run.Data, run.Seed);
        DataLoader test = new(digits.Test, batchSize: 500);
        TrainerOptions plan = run.Plan(HighwayOnMnist.Options) with { Epochs = run.Get(_epochs), CheckpointFolder = null, ClipNorm = 1 };
        (int shallow, int deep) = (run.Get(_shallow), run.Get(_deep));
        List<Curve> curves = [];
        Learn($"Highway, {deep} layers", deep, Narrow, AlmostShut);
        Learn($"Plain, {deep} layers", deep, Wide, Open);
        Learn($"Highway, {shallow} layers", shallow, Narrow, AlmostShut);
        Learn($"Plain, {shallow} layers", shallow, Wide, Open);
        run.Picture("loss", "Loss of each", CurveChart.Draw($"On {digits.Name}", "steps", "loss", curves, logarithmic: true));

        void Learn(string name, int depth, int width, double gate)
        {
            manual_seed((long)run.Seed);
            using Highway network = new(depth, width, gate);
            if (gate == Open) BeginAsHe(network);
            Trainer trainer = HighwayOnMnist.CreateTrainer(network, plan);
            AnsiConsole.WriteLine(name);
            FitResult result = trainer.Fit(HighwayOnMnist.CreateLoader(digits.Training, seed: run.Seed), validation: test);
            if (result.Reason == StopReason.Interrupted) throw new OperationCanceledException();
            run.Figure(name, $"{100 * trainer.Evaluate(test)["accuracy"]:0.00} % of the test digits right");
            curves.Add(new Curve(name, [.. result.History.Losses().Select((loss, step) => (step + 1.0, loss))]));
        }
    }

    /// <summary>Without which no plain network of ten layers begins to learn (He et al., 2015; the paper begins its plain networks so).</summary>
    private static void BeginAsHe(Highway network)
    {
        foreach (var (_, weight) in network.named_parameters().Where(entry => entry.name.EndsWith("plain.weight", StringComparison.Ordinal))) nn.init.kaiming_normal_(weight);
    }
}
