using System.CommandLine;
using Dlm.Models.Vision;
using Dlm.Runtime.Data;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Vision;

/// <summary>
/// A network that never sees a whole digit: it looks at some small patches, and learns by REINFORCE where to look next. The objective is
/// <c>GlimpseLearning</c> of Models/Vision/RecurrentAttention.dlm.
/// </summary>
internal sealed class RecurrentAttentionSample : Sample
{
    private const int Shown = 10, LargeSide = 60;
    private const double Noise = 0.1;

    private readonly Option<int> _glimpses, _batch;
    private readonly Option<double> _rate;
    private readonly Option<bool> _translated;

    public RecurrentAttentionSample()
        : base("recurrent-attention", "Recurrent visual attention reads digits by a few glimpses, and learns where to look.", DigitData.Option, epochs: 10)
    {
        _glimpses = Add("--glimpses", "At how many places it looks.", 6);
        _batch = Add("--batch", "How many images a step learns from.", 100);
        _rate = Add("--rate", "The first learning rate; it falls to nothing.", 0.05);
        Command.Add(_translated = new("--translated") { Description = "The digits lie anywhere in 60 x 60 pixels, and a glimpse shows three scales of 12 x 12." });
    }

    protected override void Run(SampleRun run)
    {
        DigitData digits = DigitData.Find(run.Data, run.Seed);
        bool translated = run.Get(_translated);
        (LabelledImages training, LabelledImages test) = translated
            ? (TranslatedDigits.Of(digits.Training, LargeSide, run.Seed), TranslatedDigits.Of(digits.Test, LargeSide, run.Seed + 1))
            : (digits.Training, digits.Test);
        (int side, int size, int scales) = (training.Width, translated ? 12 : 8, translated ? 3 : 1);
        string data = translated ? $"{digits.Name}, translated" : digits.Name;
        AnsiConsole.WriteLine($"{data} ({digits.Source}): {training.Count:n0} images of {side} x {side} pixels, glimpses of {size} x {size}");

        manual_seed((long)run.Seed);
        using RecurrentAttention single = new(side, 1, size, scales, noise: Noise), net = new(side, run.Get(_glimpses), size, scales, noise: Noise);
        Scores alone = Train(run, single, training, test, title: null), scores = Train(run, net, training, test, $"{net.GetType().Name} on {data}");
        run.Figure("Test accuracy", $"{100 * scores["accuracy"]:0.00} % with {run.Get(_glimpses)} glimpses");
        run.Figure("One glimpse", $"{100 * alone["accuracy"]:0.00} %, at a place drawn by chance");
        run.Picture("glimpses", "Where it looks, from the circle to the red dot", DrawGlimpses(net, test, size));
    }

    private Scores Train(SampleRun run, RecurrentAttention net, LabelledImages training, LabelledImages test, string? title)
    {
        using Sgd optimizer = new(net, run.Get(_rate), momentum: 0.9);
        TrainerOptions plan = run.Plan(new TrainerOptions { Schedule = new PolynomialSchedule(), ClipNorm = 5 });
        if (title is null) plan = plan with { CheckpointFolder = null };
        Trainer trainer = new(new GlimpseLearning(net, optimizer, Noise), plan);
        DataLoader loader = new(training, run.Get(_batch), new ShuffledSampler(training.Count, run.Seed)), judging = new(test, batchSize: 500);
        if (title is null) trainer.Fit(loader);
        else run.Fit(trainer, loader, judging, title);
        return trainer.Evaluate(judging);
    }

    private static string DrawGlimpses(RecurrentAttention net, LabelledImages test, int size)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        net.eval();
        using Batch batch = test.Read([.. Enumerable.Range(0, Shown).Select(i => (long)i)]);
        Tensor start = zeros(Shown, 2);
        var (logits, places, _, _) = net.call(batch.Input, start);
        long[] said = logits.argmax(1).data<long>().ToArray();

        // It looks at the start first; the last place would be the next to look at.
        Tensor seen = cat([start.unsqueeze(0), places[..^1]], 0);
        float[] at = ((seen + 1) * (test.Width / 2.0)).transpose(0, 1).contiguous().data<float>().ToArray();
        int glimpses = at.Length / Shown / 2;
        GlimpseGridCell[] cells = [.. Enumerable.Range(0, Shown).Select(i => new GlimpseGridCell(
            test.Image(i).ToArray(), test.Width, test.Height,
            [.. Enumerable.Range(0, glimpses).Select(g => ((double)at[(i * glimpses + g) * 2], (double)at[(i * glimpses + g) * 2 + 1]))],
            $"read as {said[i]}", said[i] != test.Label(i)))];
        return GlimpseGrid.Draw($"{glimpses} glimpses of {size} x {size} pixels", "each from the circle in the middle to the red dot", cells, size);
    }
}
