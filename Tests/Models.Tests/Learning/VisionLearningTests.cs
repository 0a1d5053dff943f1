using Dlm.Models.Vision;
using Dlm.Runtime.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Models.Tests.Learning;

/// <summary>
/// What each network of Models/Vision learns in seconds, where chance reaches a tenth (digits), a quarter (stripes in four directions) or a half (in two). Every batch of stripes is drawn anew, and is
/// classified before it is learnt from: what is right among the last is right of pictures never seen.
/// </summary>
[Collection(Chance.Alone)]
public sealed class VisionLearningTests : IDisposable
{
    private const int Side = 32;

    private readonly DisposeScope _scope = NewDisposeScope();

    public VisionLearningTests() => manual_seed(1);

    public void Dispose() => _scope.Dispose();

    [Fact, Trait("system", "logistic-regression")]
    public void LogisticRegressionReadsDigits()
    {
        LogisticRegression network = new();
        AtLeast(0.85, ReadDigits(network, new Adam(network, 3e-3), epochs: 6));
    }

    [Fact, Trait("system", "perceptron")]
    public void PerceptronReadsDigits()
    {
        Perceptron network = new();
        AtLeast(0.9, ReadDigits(network, new Adam(network, 2e-3), epochs: 6));
    }

    [Fact, Trait("system", "lenet5")]
    public void LeNetReadsDigits()
    {
        LeNet5 network = new();
        AtLeast(0.93, ReadDigits(network, new Adam(network, 3e-3), epochs: 3));
    }

    [Fact, Trait("system", "highway")]
    public void HighwayNetworkOfThirtyLayersReadsDigits()
    {
        Highway network = new(depth: 30, gate: -2);
        AtLeast(0.8, ReadDigits(network, new Adam(network, 3e-3), epochs: 4));
    }

    [Fact, Trait("system", "alexnet")]
    public void AlexNetTellsStripes()
    {
        AlexNet network = new(classes: 2, dropout: 0, hidden: 128);
        AtLeast(0.85, TellStripes(network, new Adam(network, 5e-4), steps: 36, directions: 2, side: 64));
    }

    [Fact, Trait("system", "vgg")]
    public void VggTellsStripes()
    {
        Vgg11Bn network = new(classes: 2, hidden: 64, dropout: 0);
        AtLeast(0.85, TellStripes(network, new Adam(network, 5e-4), steps: 12, directions: 2));
    }

    [Fact, Trait("system", "resnet")]
    public void ResNetTellsStripes()
    {
        ResNet18 network = new(classes: 4);
        AtLeast(0.85, TellStripes(network, new Adam(network, 5e-4), steps: 20));
    }

    [Fact, Trait("system", "cifar-resnet")]
    public void CifarResNetTellsStripes()
    {
        CifarResNet20 network = new(classes: 4);
        AtLeast(0.9, TellStripes(network, new Adam(network, 3e-3), steps: 20));
    }

    [Fact, Trait("system", "densenet")]
    public void DenseNetTellsStripes()
    {
        DenseNet network = new([2, 4, 4, 2], stem: 32, growth: 16, classes: 4);
        AtLeast(0.9, TellStripes(network, new Adam(network, 3e-3), steps: 25));
    }

    [Fact, Trait("system", "mobilenet")]
    public void MobileNetTellsStripes()
    {
        MobileNetV2 network = new(classes: 2, dropout: 0);
        AtLeast(0.75, TellStripes(network, new Adam(network, 2e-3), steps: 40, directions: 2));
    }

    [Fact, Trait("system", "vit")]
    public void VisionTransformerTellsStripes()
    {
        VisionTransformer network = new(size: 8, d: 64, layers: 2, heads: 4, hidden: 128, classes: 4, side: Side);
        AtLeast(0.9, TellStripes(network, new Adam(network, 2e-3), steps: 100));
    }

    [Fact, Trait("system", "googlenet")]
    public void GoogLeNetTellsStripes()
    {
        GoogLeNet network = new(classes: 4);
        GoogLeNetLoss objective = new(network, new Adam(network, 1e-3));
        AtLeast(0.8, Average(12, () =>
        {
            var (images, directions) = Figures.Stripes(16, Side);
            return objective.Step(images, directions).Accuracy.item<float>();
        }));
    }

    /// <summary>Its classifier half-way up needs images of 299 pixels, which leaves time for a step: after it, the two images cost less than before.</summary>
    [Fact, Trait("system", "inception")]
    public void InceptionLowersTheLossOfABatch()
    {
        InceptionV3 network = new(classes: 4, dropout: 0);
        InceptionV3Loss objective = new(network, new Sgd(network, 0.01));
        var (images, directions) = Figures.Stripes(2, 299);
        var before = objective.Step(images, directions).Loss.item<float>();
        using var unrecorded = no_grad();
        var (logits, auxiliary) = network.call(images);
        var after = (Cost(logits) + 0.4 * Cost(auxiliary)).item<float>();
        Assert.True(after < 0.97 * before, $"The loss was {before}, and is {after}.");

        Tensor Cost(Tensor said) => nn.functional.cross_entropy(said, directions, label_smoothing: 0.1);
    }

    [Fact, Trait("system", "unet")]
    public void UNetMarksBars()
    {
        UNet network = new(channels: 1, classes: 3, @base: 8);
        using Adam optimizer = new(network, 5e-3);
        var weights = tensor([0.3f, 1, 1]); // most pixels are of neither
        AtLeast(0.7, Average(70, () =>
        {
            using var inner = NewDisposeScope();
            var (images, classes) = Figures.Bars(16, Side);
            var said = network.call(images);
            Learn(optimizer, nn.functional.cross_entropy(said, classes, weights));
            return Enumerable.Range(1, 2).Average(bar => Overlap(said.argmax(1).eq(bar), classes.eq(bar)));
        }));

        static double Overlap(Tensor said, Tensor truth) => said.logical_and(truth).sum().item<long>() / (double)said.logical_or(truth).sum().item<long>();
    }

    private static double ReadDigits(nn.Module<Tensor, Tensor> network, Optimizer optimizer, int epochs)
    {
        const int Count = 2_000, BatchSize = 40;
        var (images, digits) = Figures.Digits(Count, seed: 1);
        for (var step = 0; step < epochs * Count / BatchSize; step++)
        {
            using var inner = NewDisposeScope();
            var some = randint(0, Count, BatchSize);
            Learn(optimizer, nn.functional.cross_entropy(network.call(images.index_select(0, some)), digits.index_select(0, some)));
        }
        network.eval();
        using var unrecorded = no_grad();
        var (others, theirs) = Figures.Digits(500, seed: 2);
        return Accuracy(network.call(others), theirs);
    }

    private static double TellStripes(nn.Module<Tensor, Tensor> network, Optimizer optimizer, int steps, int directions = 4, int side = Side) => Average(steps, () =>
    {
        using var inner = NewDisposeScope();
        var (images, truth) = Figures.Stripes(16, side, directions);
        var said = network.call(images);
        Learn(optimizer, nn.functional.cross_entropy(said, truth));
        return Accuracy(said, truth);
    });

    /// <summary>The mean of what the last quarter of the steps gives.</summary>
    private static double Average(int steps, Func<double> step)
    {
        double[] figures = [.. Enumerable.Range(0, steps).Select(_ => step())];
        return figures[^(steps / 4)..].Average();
    }

    private static void Learn(Optimizer optimizer, Tensor loss)
    {
        optimizer.ZeroGradients();
        loss.backward();
        optimizer.Step();
    }

    private static double Accuracy(Tensor said, Tensor truth) => said.argmax(1).eq(truth).to(float32).mean().item<float>();

    private static void AtLeast(double expected, double reached) =>
        Assert.True(reached >= expected, $"It reached {reached:0.000}, and should reach {expected}.");
}
