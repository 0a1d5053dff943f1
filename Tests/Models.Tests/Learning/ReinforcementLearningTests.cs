using Dlm.Models.Reinforcement;
using Dlm.Runtime.Data;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Reinforcement;
using static TorchSharp.torch;

namespace Dlm.Models.Tests.Learning;

/// <summary>What learns from rewards, on games of a few steps: balls to be caught on 6 x 6 places, seen as pixels, and a corridor of which one end pays.</summary>
[Collection(Chance.Alone)]
public sealed class ReinforcementLearningTests
{
    private const int Pixels = 12;

    [Fact, Trait("system", "dqn")]
    public void DeepQLearningCatchesBalls()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (q, target) = (new PixelQNetwork(Pixels, Pixels), new PixelQNetwork(Pixels, Pixels));
        PixelDeepQ objective = new(q, target, new Adam(q, 2e-3), gamma: 0.9, period: 20);
        AssertCatches(q, new ReplayMemory(2_000, [1, Pixels, Pixels], seed: 1), batch => objective.Step(batch["state"], batch["action"], batch["reward"], batch["next"], batch["done"]));
    }

    [Fact, Trait("system", "double-dqn")]
    public void DoubleQLearningCatchesBalls()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var (q, target) = (new PixelQNetwork(Pixels, Pixels), new PixelQNetwork(Pixels, Pixels));
        PixelDoubleQ objective = new(q, target, new Adam(q, 2e-3), gamma: 0.9, period: 20);
        AssertCatches(q, new ReplayMemory(2_000, [1, Pixels, Pixels], seed: 2), batch => objective.Step(batch["state"], batch["action"], batch["reward"], batch["next"], batch["done"]));
    }

    [Fact, Trait("system", "dueling-dqn")]
    public void TheDuellingNetworkCatchesBalls()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var (q, target) = (new DuelingPixelQNetwork(Pixels, Pixels), new DuelingPixelQNetwork(Pixels, Pixels));
        PixelDuelingQ objective = new(q, target, new Adam(q, 2e-3), gamma: 0.9, period: 20);
        AssertCatches(q, new ReplayMemory(2_000, [1, Pixels, Pixels], seed: 3), batch => objective.Step(batch["state"], batch["action"], batch["reward"], batch["next"], batch["done"]));
    }

    [Fact, Trait("system", "prioritized-dqn")]
    public void QLearningFromAPrioritisedMemoryCatchesBalls()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var (q, target) = (new PixelQNetwork(Pixels, Pixels), new PixelQNetwork(Pixels, Pixels));
        PixelPrioritizedQ objective = new(q, target, new Adam(q, 2e-3), gamma: 0.9, period: 20);
        PrioritizedReplayMemory memory = new(2_000, [1, Pixels, Pixels], seed: 4);
        AssertCatches(q, memory, batch =>
            memory.Update(batch, objective.Step(batch["state"], batch["action"], batch["reward"], batch["next"], batch["done"], batch["weight"]).Errors));
    }

    [Fact, Trait("system", "reinforce")]
    public void ReinforceFindsTheEndThatPays()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        Policy policy = new(Corridor.Places, hidden: 32);
        Reinforce objective = new(policy, new Adam(policy, 0.01), momentum: 0.9);
        VectorEnvironment corridors = new([.. Enumerable.Range(0, 16).Select(_ => new Corridor())]);
        Rollout rollout = new(corridors, seed: 5, discount: 0.9);
        AssertArrives(rollout, 80, seen => (policy.call(seen), zeros(seen.shape[0])), batch => objective.Step(batch["state"], batch["action"], batch["gain"]));
    }

    [Fact, Trait("system", "actor-critic")]
    public void AnActorAndItsCriticFindTheEndThatPays()
    {
        using var scope = NewDisposeScope();
        manual_seed(6);
        ActorCritic net = new(Corridor.Places, hidden: 32);
        AdvantageActorCritic objective = new(net, new RmsProp(net, 5e-3, epsilon: 1e-5));
        VectorEnvironment corridors = new([.. Enumerable.Range(0, 16).Select(_ => new Corridor())]);
        AssertArrives(new Rollout(corridors, seed: 6, discount: 0.9), 120, net.call, batch => objective.Step(batch["state"], batch["action"], batch["gain"]));
    }

    [Fact, Trait("system", "a3c")]
    public void SeveralWorkersFindTheEndThatPays()
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        ActorCritic net = new(Corridor.Places, hidden: 32);
        RmsProp optimizer = new(net, 5e-3, epsilon: 1e-5);
        Workers.Run(3, (worker, _) =>
        {
            ActorCritic own = new(Corridor.Places, hidden: 32);
            AdvantageActorCritic objective = new(own, new SharedOptimizer(own, net, optimizer));
            Rollout rollout = new(new VectorEnvironment([.. Enumerable.Range(0, 4).Select(_ => new Corridor())]), (ulong)worker, discount: 0.9);
            for (var i = 0; i < 120; i++) Learn(rollout, own.call, batch => objective.Step(batch["state"], batch["action"], batch["gain"]));
        });
        Assert.Equal(360, optimizer.Steps);
        var share = Arrived(new Rollout(new VectorEnvironment([.. Enumerable.Range(0, 16).Select(_ => new Corridor())]), seed: 99), net.call);
        Assert.True(share >= 0.9, $"{share:P0} arrived.");
    }

    // From balls played at random, of which one in five is caught.
    private static void AssertCatches(nn.Module<Tensor, Tensor> network, ReplayMemory memory, Action<Batch> learn)
    {
        Catch game = new(seed: 1, rows: 6, columns: 6, scale: 2);
        RandomStream chance = new(2);
        float[] state = new float[Pixels * Pixels], next = new float[state.Length];
        for (var ball = 0; ball < 400; ball++)
        {
            game.Reset();
            for (StepResult result = default; !result.Ended;)
            {
                game.Observe(state);
                var action = (int)chance.NextInt64(game.Actions);
                result = game.Step(action);
                game.Observe(next);
                memory.Add(state, action, result.Reward, next, result.Terminated);
            }
        }
        var before = Caught(network, game);
        for (var i = 0; i < 700; i++)
        {
            using var scope = NewDisposeScope();
            learn(memory.Sample(32));
        }
        var after = Caught(network, game);
        Assert.True(before < 0.7 && after >= 0.95, $"{before:P0} were caught before learning, {after:P0} after.");
    }

    private static double Caught(nn.Module<Tensor, Tensor> network, Catch game)
    {
        var seen = new float[Pixels * Pixels];
        var caught = 0;
        for (var ball = 0; ball < 60; ball++)
        {
            StepResult result = default;
            for (game.Reset(); !result.Ended;)
            {
                using var scope = NewDisposeScope();
                using var noGradient = no_grad();
                game.Observe(seen);
                result = game.Step((int)network.call(tensor(seen).reshape(1, 1, Pixels, Pixels)).argmax(1).item<long>());
            }
            if (result.Reward > 0) caught++;
        }
        return caught / 60.0;
    }

    private static void AssertArrives(Rollout rollout, int rounds, Func<Tensor, (Tensor, Tensor)> network, Action<Batch> learn)
    {
        var before = Arrived(rollout, network);
        for (var i = 0; i < rounds; i++) Learn(rollout, network, learn);
        var after = Arrived(rollout, network);
        Assert.True(before < 0.5 && after >= 0.9, $"{before:P0} arrived before learning, {after:P0} after.");
    }

    private static void Learn(Rollout rollout, Func<Tensor, (Tensor, Tensor)> network, Action<Batch> learn)
    {
        using var scope = NewDisposeScope();
        learn(rollout.Collect(8, network));
    }

    private static double Arrived(Rollout rollout, Func<Tensor, (Tensor, Tensor)> network)
    {
        using var scope = NewDisposeScope();
        rollout.Collect(30, network);
        return rollout.Finished.Average();
    }
}
