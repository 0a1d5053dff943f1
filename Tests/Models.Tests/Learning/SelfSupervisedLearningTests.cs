using Dlm.Models.SelfSupervised;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Dlm.Models.Tests.Learning;

/// <summary>What is learned without labels says more of them than an encoder that has learned nothing.</summary>
[Collection(Chance.Alone)]
public sealed class SelfSupervisedLearningTests
{
    private const int Directions = 8;
    private const int Side = 16;

    [Fact, Trait("system", "simclr")]
    public void NeighboursAreWavesOfOneDirection()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        SimClrCifar18 net = new(@base: 4, width: 16);
        SimClrGameCifar contrast = new(net, new Adam(net, 0.01));
        var untrained = NeighboursAlike(net);
        for (var i = 0; i < 80; i++)
        {
            using var inner = NewDisposeScope();
            var (some, _) = Waves(64);
            contrast.Step(View(some), View(some));
        }
        var trained = NeighboursAlike(net);
        Assert.InRange(trained, 0.85, 1);
        Assert.InRange(1 - trained, 0, 0.6 * (1 - untrained));
    }

    // Of each wave the features of another view that are closest: whether they are of a wave of its direction.
    private static double NeighboursAlike(SimClrCifar18 net)
    {
        using var inner = NewDisposeScope();
        using var unrecorded = no_grad();
        net.eval();
        var ((known, labels), (asked, answers)) = (Waves(300), Waves(200));
        var similarity = F.normalize(net.call(View(asked)).features, dim: 1).matmul(F.normalize(net.call(View(known)).features, dim: 1).t());
        net.train();
        return labels[similarity.argmax(1)].eq(answers).to(float32).mean().item<float>();
    }

    // Angles near one of eight directions, and which.
    private static (Tensor Angles, Tensor Labels) Waves(int count)
    {
        var labels = randint(0, Directions, count);
        return ((labels + (rand(count) - 0.5) / 2) * (Math.PI / Directions), labels);
    }

    // A wave of that angle, of a length, a phase and colours by chance: two views have the angle in common and nothing else.
    private static Tensor View(Tensor angles)
    {
        var count = angles.shape[0];
        var along = arange(Side).to(float32);
        var angle = angles.reshape(count, 1, 1, 1);
        var way = along.reshape(1, 1, 1, Side) * cos(angle) + along.reshape(1, 1, Side, 1) * sin(angle);
        var wave = sin(way * (rand(count, 1, 1, 1) * 0.4 + 0.7) + rand(count, 1, 1, 1) * (2 * Math.PI)) / 2 + 0.5;
        var (ink, paper) = (rand(count, 3, 1, 1) * 0.5 + 0.5, rand(count, 3, 1, 1) * 0.5);
        return paper + (ink - paper) * wave;
    }
}
