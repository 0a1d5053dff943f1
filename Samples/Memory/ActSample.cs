using System.CommandLine;
using Dlm.Models.Memory;
using Dlm.Runtime.Data;
using Dlm.Runtime.Display;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Memory;

/// <summary>
/// A net that decides itself how long to think learns the parity of some numbers, and pays for its time. The same net with a single turn stands beside
/// it. At the end one sees how often it was right and how long it thought, the harder the question was (Graves, 2016, section 3.1).
/// </summary>
internal sealed class ActSample : Sample
{
    private const int BatchesPerEpoch = 500, Batch = 128, Tested = 1_000;

    private readonly Option<int> _bits, _hidden, _most;
    private readonly Option<double> _rate, _tau;

    public ActSample()
        : base("act", "A net learns parity, and how long to think about it.", epochs: 16)
    {
        _bits = Add("--bits", "How many numbers there are at most.", 10);
        _hidden = Add("--hidden", "How wide the net is.", 128);
        _most = Add("--most", "How many turns it may take.", 20);
        _rate = Add("--rate", "The learning rate.", 1e-3);
        _tau = Add("--tau", "What a turn costs.", 1e-3);
    }

    protected override void Run(SampleRun run)
    {
        (int bits, int hidden) = (run.Get(_bits), run.Get(_hidden));
        TrainerOptions plan = run.Plan();
        DataLoader training = new(new ParityTask(long.MaxValue, bits, 1, bits, run.Seed), Batch, new OnceSampler((long)BatchesPerEpoch * Batch));

        manual_seed((long)run.Seed);
        using AdaptiveParity patient = new(bits, hidden, run.Get(_most)), hasty = new(bits, hidden, most: 1);
        using Adam first = new(patient, run.Get(_rate)), second = new(hasty, run.Get(_rate));
        Trainer pondering = new(new ParityInTime(patient, first, run.Get(_tau)), plan);
        Trainer once = new(new ParityInTime(hasty, second, tau: 0), plan with { CheckpointFolder = null, Display = new SilentDisplay() });
        AnsiConsole.WriteLine($"{patient.parameters().Sum(p => p.numel()):n0} parameters, up to {run.Get(_most)} turns; beside it the same net with one");
        run.Fit(pondering, training, Of(1, bits), $"Parity of up to {bits} numbers");
        once.Fit(training);

        Scores all = pondering.Evaluate(Of(1, bits)), alone = once.Evaluate(Of(1, bits));
        Scores[] scores = [.. Enumerable.Range(1, bits).Select(n => pondering.Evaluate(Of(n, n)))], plain = [.. Enumerable.Range(1, bits).Select(n => once.Evaluate(Of(n, n)))];
        run.Figure("Parities right", $"{100 * all["accuracy"]:0.0} % (with a single turn {100 * alone["accuracy"]:0.0} %, by chance 50 %)");
        run.Figure($"Of {bits} numbers", $"{100 * scores[^1]["accuracy"]:0.0} % (with a single turn {100 * plain[^1]["accuracy"]:0.0} %)");
        run.Figure("Ponder cost", $"{scores[0]["ponder_cost"]:0.0} for one number, {scores[^1]["ponder_cost"]:0.0} for {bits}");
        run.Picture("accuracy", "How often it is right", CurveChart.Draw("How often the parity is right", "numbers that are not 0", "%", [Curve("pondering", scores, "accuracy", 100), Curve("a single turn", plain, "accuracy", 100)]));
        run.Picture("pondering", "How long it thinks", CurveChart.Draw("How long it thinks", "numbers that are not 0", "ponder cost", [Curve("pondering", scores, "ponder_cost", 1)]));

        DataLoader Of(int easiest, int hardest) => new(new ParityTask(Tested, bits, easiest, hardest, run.Seed + (ulong)hardest), 500);
    }

    private static Curve Curve(string name, Scores[] byDifficulty, string score, double times) =>
        new(name, [.. byDifficulty.Select((scores, i) => (i + 1.0, times * scores[score]))]);
}
