using System.CommandLine;
using Dlm.Models.Vision;
using Dlm.Runtime.Data;
using Dlm.Runtime.Display;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Optimization;

/// <summary>One network from one start on one order of digits, by each optimizer at its best rate: figure 2 of Kingma and Ba (2014), with those that came before and after.</summary>
internal sealed class OptimizersSample : Sample
{
    // Of each rate, half of it and twice it were tried; these had the lowest training loss after three epochs.
    private static readonly (string Name, Func<nn.Module, Optimizer> Make)[] Methods =
    [
        ("SGD", network => new Sgd(network, 0.25)),
        ("Nesterov", network => new Sgd(network, 0.05, momentum: 0.9, nesterov: true)),
        ("AdaGrad", network => new Adagrad(network, 0.04)),
        ("RMSProp", network => new RmsProp(network, 2e-3)),
        ("AdaDelta", network => new Adadelta(network, 2)),
        ("Adam", network => new Adam(network, 2e-3)),
        ("AdamW", network => new AdamW(network, 2e-3)),
    ];

    private readonly Option<int> _hidden, _batch;
    private readonly Option<double> _factor;

    public OptimizersSample()
        : base("optimizers", "The same network from the same start, by one optimizer after another.", DigitData.Option, epochs: 3)
    {
        _hidden = Add("--hidden", "How wide the network's hidden layer is.", 128);
        _batch = Add("--batch", "How many images a step learns from.", 128);
        _factor = Add("--factor", "What to multiply all rates by.", 1.0);
    }

    protected override void Run(SampleRun run)
    {
        DigitData digits = DigitData.Find(run.Data, run.Seed);
        DataLoader training = new(digits.Training, run.Get(_batch), new ShuffledSampler(digits.Training.Count, run.Seed)), test = new(digits.Test, 500);
        AnsiConsole.WriteLine($"{digits.Name} ({digits.Source}): {digits.Training.Count:n0} images, {run.Epochs} times");
        List<(Curve Curve, double Loss, double Accuracy)> runs = [];
        foreach ((string name, Func<nn.Module, Optimizer> make) in Methods)
        {
            manual_seed((long)run.Seed);
            using Perceptron network = new(run.Get(_hidden));
            using Optimizer optimizer = make(network);
            foreach (var group in optimizer.Groups) group.Rate *= run.Get(_factor);
            Trainer trainer = new(new Supervised(network, Losses.CrossEntropy, optimizer, new Accuracy()), run.Plan() with { CheckpointFolder = null, Display = new SilentDisplay() });
            double[] losses = trainer.Fit(training).History.Losses();
            double last = losses[^(losses.Length / run.Epochs)..].Average(), accuracy = trainer.Evaluate(test)["accuracy"];
            double perEpoch = (double)losses.Length / run.Epochs;
            runs.Add((new Curve(name, [.. losses.Select((loss, i) => ((i + 1) / perEpoch, loss))]), last, accuracy));
            AnsiConsole.WriteLine($"{name,-10} {optimizer.Groups[0].Rate,6}   training loss {last:0.0000}   test accuracy {100 * accuracy:0.00} %");
        }

        foreach (var (curve, loss, accuracy) in runs.OrderBy(r => r.Loss)) run.Figure(curve.Name, $"training loss {loss:0.0000} in the last epoch, test accuracy {100 * accuracy:0.00} %");
        run.Picture("losses", "The training loss under each optimizer", CurveChart.Draw($"A perceptron on {digits.Name}", "epoch", "loss", [.. runs.Select(r => r.Curve)], logarithmic: true));
    }
}
