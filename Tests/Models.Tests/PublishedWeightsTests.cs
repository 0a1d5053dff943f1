using Dlm.Models.Vision;
using Dlm.Runtime.Data;
using Dlm.Runtime.Weights;
using static TorchSharp.torch;

namespace Dlm.Models.Tests;

/// <summary>Weights that others trained and published give here what they give in PyTorch.</summary>
public sealed class PublishedWeightsTests
{
    private const int PyTorchClassifiesRight = 8_103;

    [Fact]
    public void ResNet20ClassifiesCifar10AsInPyTorch()
    {
        var weights = SharedData.PathOrSkip("weights/resnet20-12fca82f.th");
        var test = Cifar10.Load(SharedData.PathOrSkip("cifar10"), train: false, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);
        using var network = new CifarResNet20();

        var report = network.LoadWeights(weights);

        Assert.Equal($"{weights}: 97 tensors loaded, and that is all.", report.ToString());
        network.eval();
        using var unrecorded = no_grad();
        long right = 0;
        foreach (var batch in new DataLoader(test, batchSize: 500).Epoch(0))
        {
            using (batch)
            using (NewDisposeScope()) right += network.call(batch.Input).argmax(1).eq(batch.Target).sum().item<long>();
        }
        Assert.Equal((10_000, PyTorchClassifiesRight), (test.Count, right));
    }
}
