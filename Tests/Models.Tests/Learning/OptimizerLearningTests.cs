using Dlm.Models.Vision;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Drawn;
using Dlm.Runtime.Display;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Models.Tests.Learning;

/// <summary>Every optimizer teaches a perceptron digits that the program draws.</summary>
[Collection(Chance.Alone)]
public sealed class OptimizerLearningTests
{
    private static readonly LabelledImages Training = DrawnDigits.Draw(1_000, seed: 1), Test = DrawnDigits.Draw(500, seed: 2);

    private static readonly Dictionary<string, Func<nn.Module, Optimizer>> All = new()
    {
        ["sgd"] = network => new Sgd(network, 0.1),
        ["momentum"] = network => new Sgd(network, 0.02, momentum: 0.9),
        ["rmsprop"] = network => new RmsProp(network, 1e-3),
        ["adagrad"] = network => new Adagrad(network, 0.02),
        ["adadelta"] = network => new Adadelta(network),
        ["adam"] = network => new Adam(network, 3e-3),
        ["adamw"] = network => new AdamW(network, 3e-3),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>Chance reads a tenth of them.</summary>
    [Theory, MemberData(nameof(Names)), Trait("system", "optimizers")]
    public void ReadsDrawnDigits(string name)
    {
        manual_seed(1);
        using Perceptron network = new(hidden: 32);
        using var optimizer = All[name](network);
        Trainer trainer = new(new Supervised(network, Losses.CrossEntropy, optimizer, new Accuracy()), new TrainerOptions { Epochs = 8, Display = new SilentDisplay() });

        trainer.Fit(new DataLoader(Training, 32, new ShuffledSampler(Training.Count, 1)));

        var accuracy = trainer.Evaluate(new DataLoader(Test, 500))["accuracy"];
        Assert.True(accuracy > 0.9, $"{accuracy:0.000}");
    }
}
