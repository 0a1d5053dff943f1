using Dlm.Models.Generative;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Dlm.Models.Tests.Learning;

/// <summary>Each generative system learns a small thing to a figure that it does not reach untrained.</summary>
[Collection(Chance.Alone)]
public sealed class GenerativeLearningTests
{
    private const int Batch = 32;
    private const int Noise = 100;

    [Fact, Trait("system", "gan")]
    public void WhatIsDrawnIsLikeTheData()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var real = Ones(side: 8);
        GanGenerator generator = new(size: 8);
        GanDiscriminator discriminator = new(size: 8);
        GanGame game = new(generator, discriminator, new Adam(generator, 1e-3, 0.5), new Adam(discriminator, 2e-3, 0.5));
        var noise = randn(128, Noise);
        Assert.InRange(Distance(generator.call(noise), real), 0.8, 1);
        for (var i = 0; i < 400; i++) Do(() => game.Step(real.Some(Batch)));
        Assert.InRange(Distance(generator.call(noise), real), 0, 0.3);
        Assert.InRange(Variety(generator.call(noise), real), 0.5, 2);
    }

    [Fact, Trait("system", "dcgan")]
    public void WhatConvolutionsDrawIsLikeTheData()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var real = Ones(side: 32);
        DcganGenerator32 generator = new(width: 8);
        DcganDiscriminator32 discriminator = new(width: 8);
        DcganGame32 game = new(generator, discriminator, new Adam(generator, 4e-3, 0.5), new Adam(discriminator, 1e-3, 0.5));
        var noise = randn(128, Noise, 1, 1);
        Assert.InRange(Distance(generator.call(noise), real), 0.8, 1);
        for (var i = 0; i < 100; i++) Do(() => game.Step(real.Some(Batch)));
        Assert.InRange(Distance(generator.call(noise), real), 0, 0.3);
        Assert.InRange(Variety(generator.call(noise), real), 0.5, 2);
    }

    [Fact, Trait("system", "wgan")]
    public void TheDistanceOfAClippedCriticFalls()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var real = Ones(side: 32);
        DcganGenerator32 generator = new(width: 8);
        WganCritic critic = new(width: 8);
        Wgan game = new(generator, critic, new RmsProp(generator, 5e-3), new RmsProp(critic, 1e-3), clip: 0.05);
        var distances = new List<double>();
        for (var i = 0; i < 300; i++) Do(() => distances.Add(-game.Step(real.Some(Batch)).Critic.item<float>()));
        Assert.InRange(distances[^40..].Average(), 0, 0.8 * Highest(distances));
        Assert.InRange(Distance(generator.call(randn(128, Noise, 1, 1)), real), 0, 0.3);
    }

    [Fact, Trait("system", "wgan")]
    public void TheDistanceOfAPenalizedCriticFalls()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var real = Ones(side: 32);
        DcganGenerator32 generator = new(width: 8);
        WganGpCritic critic = new(width: 8);
        WganGp game = new(generator, critic, new Adam(generator, 2e-3, 0, 0.9), new Adam(critic, 2e-3, 0, 0.9));
        var distances = new List<double>();
        for (var i = 0; i < 200; i++) Do(() => distances.Add(game.Step(real.Some(Batch)).DistanceMoved.item<float>()));
        Assert.InRange(distances[^40..].Average(), 0, 0.7 * Highest(distances));
        Assert.InRange(Distance(generator.call(randn(128, Noise, 1, 1)), real), 0, 0.3);
    }

    [Fact, Trait("system", "cyclegan")]
    public void ColoursChangeThereAndBackAgain()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (red, green) = (Coloured(Ones(side: 32), 0), Coloured(Ones(side: 32), 1));
        var (there, back) = (new CycleGanGenerator(width: 4), new CycleGanGenerator(width: 4));
        var (judgeA, judgeB) = (new PatchDiscriminator(width: 4), new PatchDiscriminator(width: 4));
        CycleGame game = new(there, back, judgeA, judgeB, new Adam(there, 2e-3, 0.5), new Adam(back, 2e-3, 0.5), new Adam(judgeA, 1e-3, 0.5), new Adam(judgeB, 1e-3, 0.5));
        // The pairs are known, but not to the networks: each sees the two kinds in orders of their own.
        var (some, same) = (red[..16], green[..16]);
        Assert.InRange(Error(there.call(some), same), 0.5, 2);
        for (var i = 0; i < 50; i++) Do(() => game.Step(red.Some(2), green.Some(2)));
        Assert.InRange(Error(some, same), 0.06, 1);
        Assert.InRange(Error(there.call(some), same), 0, 0.05);
        Assert.InRange(Error(back.call(there.call(some)), some), 0, 0.05);
    }

    [Fact, Trait("system", "autoencoder")]
    public void WhatWasTakenAwayIsRestored()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        Autoencoder net = new();
        Reconstruction objective = new(net, new Adam(net), removed: 0.5);
        for (var i = 0; i < 70; i++) Do(() => objective.Step(Stripes(64)));
        net.eval();
        using var unrecorded = no_grad();
        var whole = Stripes(200);
        var noisy = where(rand_like(whole) < 0.5, zeros_like(whole), whole);
        // As grey as the data on the mean, every picture would be wrong by as much as those with half of it gone.
        Assert.InRange(F.mse_loss(full_like(whole, 0.5), whole).item<float>(), 0.24, 0.26);
        Assert.InRange(F.mse_loss(noisy, whole).item<float>(), 0.23, 0.27);
        Assert.InRange(F.mse_loss(net.call(noisy).logits.sigmoid(), whole).item<float>(), 0, 0.125);
    }

    [Fact, Trait("system", "vae")]
    public void TheBoundIsBelowThatOfTheMeanPicture()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (digits, others) = (DigitTensors.Draw(1000, seed: 1), DigitTensors.Draw(200, seed: 2));
        VaeEncoder encoder = new();
        VaeDecoder decoder = new();
        VariationalBound bound = new(encoder, decoder, new Adam(encoder, 2e-3), new Adam(decoder, 2e-3));
        for (var i = 0; i < 150; i++) Do(() => bound.Step(digits.Some(64)));
        var mean = digits.mean([0], true).clamp(1e-3, 1 - 1e-3).expand_as(others);
        var ofMean = F.binary_cross_entropy(mean, others, reduction: nn.Reduction.Sum).item<float>() / others.shape[0];
        var reached = bound.Judge(others);
        Assert.InRange(reached.Loss.item<float>(), 0, 0.88 * ofMean);
        Assert.InRange(reached.Kl.item<float>(), 5, 40);
    }

    private static void Do(Action step)
    {
        using var scope = NewDisposeScope();
        step();
    }

    // Drawn ones of values from -1 to 1.
    private static Tensor Ones(long side)
    {
        var ones = DigitTensors.Draw(2560, seed: 1).index_select(0, arange(1, 2560, 10));
        return F.interpolate(ones, [side, side], mode: InterpolationMode.Bilinear, align_corners: false) * 2 - 1;
    }

    private static Tensor Coloured(Tensor images, int channel) =>
        cat([.. Enumerable.Range(0, 3).Select(c => c == channel ? images : full_like(images, -1))], 1);

    // Pictures of seven stripes, each black or white.
    private static Tensor Stripes(int count) => (rand(count, 1, 7, 1) < 0.5).to(float32).repeat_interleave(4, 2).expand(count, 1, 28, 28).contiguous();

    // How far the mean of each pixel is from that of the data, where black and white are 2 apart.
    private static double Distance(Tensor drawn, Tensor real)
    {
        using var unrecorded = no_grad();
        return Error(drawn.mean([0]), real.mean([0]));
    }

    // How much pictures differ from one another, with those of the data as 1.
    private static double Variety(Tensor drawn, Tensor real)
    {
        using var unrecorded = no_grad();
        return drawn.std(0).mean().item<float>() / real.std(0).mean().item<float>();
    }

    private static double Error(Tensor one, Tensor other) => (one - other).abs().mean().item<float>();

    private static double Highest(List<double> figures) => Enumerable.Range(0, figures.Count - 40).Max(i => figures[i..(i + 40)].Average());
}
