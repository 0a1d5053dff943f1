using Dlm.Models.Reinforcement;
using Dlm.Runtime.Data;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Reinforcement;
using static TorchSharp.torch;

namespace Dlm.Samples.Reinforcement;

/// <summary>One of the ways to learn what an action is worth: its network, its memory, and what it makes of a batch.</summary>
/// <param name="Network">The value of each action, [B, actions], of pictures.</param>
/// <param name="Memory">What it has seen.</param>
/// <param name="Learn">A step of its objective.</param>
internal sealed record CatchLearner(nn.Module<Tensor, Tensor> Network, ReplayMemory Memory, Action<Batch> Learn)
{
    private const int Remembered = 5_000, Period = 100;
    private const double Discount = 0.95;

    public static CatchLearner DeepQ(IEnvironment game, ulong seed, double rate)
    {
        (PixelQNetwork q, PixelQNetwork target) = Twins(() => new PixelQNetwork());
        PixelDeepQ objective = new(q, target, new Adam(q, rate), Discount, Period);
        return new(q, Uniform(game, seed), batch => objective.Step(batch["state"], batch["action"], batch["reward"], batch["next"], batch["done"]));
    }

    public static CatchLearner DoubleQ(IEnvironment game, ulong seed, double rate)
    {
        (PixelQNetwork q, PixelQNetwork target) = Twins(() => new PixelQNetwork());
        PixelDoubleQ objective = new(q, target, new Adam(q, rate), Discount, Period);
        return new(q, Uniform(game, seed), batch => objective.Step(batch["state"], batch["action"], batch["reward"], batch["next"], batch["done"]));
    }

    public static CatchLearner DuelingQ(IEnvironment game, ulong seed, double rate)
    {
        (DuelingPixelQNetwork q, DuelingPixelQNetwork target) = Twins(() => new DuelingPixelQNetwork());
        PixelDuelingQ objective = new(q, target, new Adam(q, rate), Discount, Period);
        return new(q, Uniform(game, seed), batch => objective.Step(batch["state"], batch["action"], batch["reward"], batch["next"], batch["done"]));
    }

    public static CatchLearner PrioritizedQ(IEnvironment game, ulong seed, double rate)
    {
        (PixelQNetwork q, PixelQNetwork target) = Twins(() => new PixelQNetwork());
        PixelPrioritizedQ objective = new(q, target, new Adam(q, rate), Discount, Period);
        PrioritizedReplayMemory memory = new(Remembered, game.ObservationShape, seed);
        return new(q, memory, batch =>
        {
            // What it is still wrong about it will see again soon.
            PixelPrioritizedQ.Measures step = objective.Step(batch["state"], batch["action"], batch["reward"], batch["next"], batch["done"], batch["weight"]);
            memory.Update(batch, step.Errors);
        });
    }

    private static ReplayMemory Uniform(IEnvironment game, ulong seed) => new(Remembered, game.ObservationShape, seed);

    private static (T, T) Twins<T>(Func<T> make)
        where T : nn.Module
    {
        (T network, T target) = (make(), make());
        target.load_state_dict(network.state_dict());
        return (network, target);
    }
}
