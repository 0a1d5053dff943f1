using Dlm.Models.Reinforcement;
using Dlm.Models.Vision;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;

namespace Dlm.Models.Tests;

/// <summary>The objectives that learn from what an agent did, for <see cref="ObjectiveTests"/>; recurrent attention is one of them.</summary>
internal static class PlayObjectives
{
    /// <summary>The references.</summary>
    public static IReadOnlyList<string> Names { get; } = ["actor_critic", "baseline", "dueling_q", "glimpses", "prioritized_q", "reinforce"];

    /// <summary>Networks as the reference has them, and what a step of them gives.</summary>
    public static ((string Name, nn.Module Module)[] Networks, Func<int, Tensor[]> Step) Make(string name)
    {
        switch (name)
        {
            case "dueling_q":
                var (dueling, duelingTarget) = (Filled(new DuelingPixelQNetwork()), Filled(new DuelingPixelQNetwork()));
                PixelDuelingQ duel = new(dueling, duelingTarget, new RmsProp(dueling, 2.5e-4, alpha: 0.95, epsilon: 0.01), period: 4);
                return ([("q", dueling), ("target", duelingTarget)], i =>
                {
                    var (state, action, reward, next, done) = Transitions(i, 8);
                    var step = duel.Step(state, action, reward, next, done);
                    return [step.Loss, step.Expected];
                }
                );
            case "prioritized_q":
                var (q, target) = (Filled(new PixelQNetwork()), Filled(new PixelQNetwork()));
                PixelPrioritizedQ prioritized = new(q, target, new RmsProp(q, 2.5e-4, alpha: 0.95, epsilon: 0.01), period: 4);
                return ([("q", q), ("target", target)], i =>
                {
                    var (state, action, reward, next, done) = Transitions(i, 4);
                    var step = prioritized.Step(state, action, reward, next, done, Fill.Floats($"weight{i}", [4], 0.4, 0.6));
                    return [step.Loss, step.Expected, .. step.Errors.unbind(0)];
                }
                );
            case "reinforce":
                var policy = Filled(new Policy());
                Reinforce reinforce = new(policy, new Adam(policy, 0.01), momentum: 0.9);
                return ([("policy", policy)], i => [reinforce.Step(State(i), Action(i), Gain(i)).Loss]);
            case "baseline":
                var (actor, value) = (Filled(new Policy()), Filled(new StateValue()));
                ReinforceWithBaseline based = new(actor, value, new Adam(actor, 0.01), new Adam(value, 0.02));
                return ([("policy", actor), ("baseline", value)], i =>
                {
                    var step = based.Step(State(i), Action(i), Gain(i));
                    return [step.Policy, step.Baseline];
                }
                );
            case "actor_critic":
                var both = Filled(new ActorCritic());
                AdvantageActorCritic advantage = new(both, new RmsProp(both, 7e-4, alpha: 0.99, epsilon: 0.1));
                return ([("net", both)], i =>
                {
                    var step = advantage.Step(State(i), Action(i), Gain(i));
                    return [step.Loss, step.PolicyEntropy];
                }
                );
            default:
                var net = Filled(new RecurrentAttention(glimpses: 3, noise: 0.2));
                GlimpseLearning looking = new(net, new Sgd(net, 0.001, momentum: 0.9), noise: 0.2);
                return ([("net", net)], i =>
                {
                    var step = looking.Step(Image($"image{i}", 8, 1, 28, 28), Fill.Integers($"label{i}", [8], 10));
                    return [step.Loss, step.Accuracy];
                }
                );
        }
    }

    private static (Tensor State, Tensor Action, Tensor Reward, Tensor Next, Tensor Done) Transitions(int step, long count) =>
        (Image($"image{step}", count, 1, 24, 24), Fill.Integers($"action{step}", [count], 3), Fill.Floats($"reward{step}", [count], 2),
         Image($"next{step}", count, 1, 24, 24), Fill.Integers($"done{step}", [count], 2).to(@bool));

    private static Tensor State(int step) => Fill.Floats($"state{step}", [8, 4], 1);

    private static Tensor Action(int step) => Fill.Integers($"action{step}", [8], 2);

    private static Tensor Gain(int step) => Fill.Floats($"gain{step}", [8], 2, 3);

    private static Tensor Image(string name, params long[] shape) => Fill.Floats(name, shape, 1, 0.5);

    private static T Filled<T>(T network)
        where T : nn.Module
    {
        Fill.Apply(network);
        return network;
    }
}
