using Dlm.Models.Vision;
using Dlm.Runtime.Data;
using Dlm.Runtime.Optimizers;

namespace Dlm.Samples.Vision;

/// <summary>A network that learns CIFAR-10.</summary>
/// <param name="Name">What to type.</param>
/// <param name="Description">What it is, with what is smaller in it than in the paper.</param>
/// <param name="Make">Makes it, with a learning rate.</param>
internal sealed record CifarNetwork(string Name, string Description, Func<double, ImageClassifier> Make)
{
    /// <summary>How high and wide images are made: at 32 a network that halves them five times is left with one place.</summary>
    public int Side { get; init; } = 32;

    /// <summary>How many images it learns from by default: as many as it sees in about a minute.</summary>
    public required int Images { get; init; }

    /// <summary>How often it goes through them by default.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>The highest learning rate.</summary>
    public double Rate { get; init; } = 1e-3;
}

/// <summary>The networks that are trained on CIFAR-10 in the same way, a row each.</summary>
internal static class CifarSamples
{
    private static readonly int Classes = Cifar10.ClassNames.Count;

    public static CifarSample AlexNet { get; } = new(
        new("alexnet", "AlexNet, with linear layers of 512", rate => ImageClassifier.Of(new AlexNet(Classes, hidden: 512), rate)) { Side = 64, Images = 20_000, Epochs = 4, Rate = 5e-4 });

    public static CifarSample Vgg { get; } = new(
        new("vgg", "VGG-11 with batch normalisation, and linear layers of 256", rate => ImageClassifier.Of(new Vgg11Bn(Classes, hidden: 256), rate)) { Images = 12_000 });

    public static CifarSample GoogLeNet { get; } = new(new("googlenet", "GoogLeNet", rate =>
    {
        GoogLeNet network = new(Classes);
        return new(network, new GoogLeNetLoss(network, new Adam(network, rate)), images => network.call(images).Item1);
    })
    { Side = 48, Images = 12_000 });

    public static CifarSample DenseNet { get; } = new(
        new("densenet", "DenseNet, with four layers in each block and a growth of 16", rate => ImageClassifier.Of(new DenseNet([4, 4, 4, 4], stem: 32, growth: 16, Classes), rate)) { Side = 64, Images = 20_000, Rate = 3e-3 });

    public static CifarSample MobileNet { get; } = new(
        new("mobilenet", "MobileNetV2", rate => ImageClassifier.Of(new MobileNetV2(Classes), rate)) { Side = 64, Images = 12_000, Rate = 2e-3 });

    public static CifarSample VisionTransformer { get; } = new(
        new("vit", "Vision transformer, of four layers of 128", rate => ImageClassifier.Of(new VisionTransformer(size: 4, d: 128, layers: 4, heads: 4, hidden: 256, Classes, side: 32), rate)) { Images = 20_000 });
}
