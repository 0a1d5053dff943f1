using Dlm.Models.Generative;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;

namespace Dlm.Models.Tests;

/// <summary>The objectives of the generative systems on narrow networks, for <see cref="ObjectiveTests"/>, as Tests/Oracle/generative_objectives.py has them.</summary>
internal static class GenerativeObjectives
{
    private const int Batch = 4;

    /// <summary>The references.</summary>
    public static IReadOnlyList<string> Names { get; } = ["dcgan", "reconstruction", "wgan", "wgan_gp"];

    /// <summary>Networks as the reference has them, and what a step of them gives.</summary>
    public static ((string Name, nn.Module Module)[] Networks, Func<int, Tensor[]> Step) Make(string name)
    {
        switch (name)
        {
            case "dcgan":
                var (generator, discriminator) = (Filled(new DcganGenerator32(width: 4)), Filled(new DcganDiscriminator32(width: 4)));
                manual_seed(2);
                DcganGame32 game = new(generator, discriminator, new Adam(generator, 2e-4, 0.5), new Adam(discriminator, 2e-4, 0.5));
                return ([("generator", generator), ("discriminator", discriminator)],
                    i => game.Step(Pixels(i)) is var step ? [step.Discriminator, step.Generator, step.RealSeen, step.FakeSeen] : []);
            case "wgan":
                var (maker, critic) = (Filled(new DcganGenerator32(width: 4)), Filled(new WganCritic(width: 4)));
                manual_seed(2);
                Wgan clipped = new(maker, critic, new RmsProp(maker, 5e-5), new RmsProp(critic, 5e-5), clip: 0.05);
                return ([("generator", maker), ("critic", critic)], i => clipped.Step(Pixels(i)) is var step ? [step.Critic, step.Generator] : []);
            case "wgan_gp":
                var (painter, judge) = (Filled(new DcganGenerator32(width: 4)), Filled(new WganGpCritic(width: 4)));
                manual_seed(2);
                WganGp penalized = new(painter, judge, new Adam(painter, 1e-4, 0, 0.9), new Adam(judge, 1e-4, 0, 0.9));
                return ([("generator", painter), ("critic", judge)], i => penalized.Step(Pixels(i)) is var step ? [step.Critic, step.Generator, step.DistanceMoved] : []);
            default:
                var net = Filled(new Autoencoder());
                Reconstruction reconstruction = new(net, new Adam(net), removed: 0.3);
                return ([("net", net)], i => [reconstruction.Step(Fill.Floats($"image{i}", [Batch, 1, 28, 28], 1, 0.5)).Loss]);
        }
    }

    private static Tensor Pixels(int step) => Fill.Floats($"image{step}", [Batch, 1, 32, 32], 2);

    private static T Filled<T>(T network)
        where T : nn.Module
    {
        Fill.Apply(network);
        return network;
    }
}
