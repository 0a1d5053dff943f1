using Dlm.Models.Vision;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;

namespace Dlm.Models.Tests.Learning;

/// <summary>Recurrent attention on pictures of which it sees a part at a time.</summary>
[Collection(Chance.Alone)]
public sealed class AttentionLearningTests
{
    private const int Side = 16;

    /// <summary>A bright patch lies in one of the four corners of a picture, of which a glimpse shows a sixteenth sharply and a quarter coarsely.</summary>
    [Fact, Trait("system", "recurrent-attention")]
    public void GlimpsesFindWhereAPatchLies()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        RecurrentAttention net = new(Side, glimpses: 3, size: 4, scales: 2, classes: 4, noise: 0.2);
        GlimpseLearning objective = new(net, new Adam(net, 1e-3), noise: 0.2);
        var before = Accuracy(objective);
        for (var i = 0; i < 150; i++)
        {
            using var inner = NewDisposeScope();
            var (image, label) = Draw(64);
            objective.Step(image, label);
        }
        var after = Accuracy(objective);
        Assert.True(before < 0.5 && after >= 0.9, $"{before:P0} were right before learning, {after:P0} after.");
    }

    private static double Accuracy(GlimpseLearning objective)
    {
        using var scope = NewDisposeScope();
        var (image, label) = Draw(400);
        return objective.Judge(image, label).Accuracy.item<float>();
    }

    private static (Tensor Image, Tensor Label) Draw(int count)
    {
        var label = randint(0, 4, count);
        var (corner, within) = (stack([label.div(2, RoundingMode.floor), label.remainder(2)], 1) * (Side / 2), randint(0, 5, [count, 2]));
        var place = corner + within;
        var (rows, columns) = (arange(Side).reshape(1, Side, 1), arange(Side).reshape(1, 1, Side));
        var (top, left) = (place[.., 0].reshape(count, 1, 1), place[.., 1].reshape(count, 1, 1));
        var inside = (rows >= top).logical_and(rows < top + 4).logical_and(columns >= left).logical_and(columns < left + 4);
        return (inside.to(ScalarType.Float32).unsqueeze(1), label);
    }
}
