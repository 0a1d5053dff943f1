using System.CommandLine;
using Dlm.Models.Reinforcement;
using Dlm.Runtime.Data;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Reinforcement;
using static TorchSharp.torch;

namespace Dlm.Samples.Reinforcement;

/// <summary>The oldest of policy gradients balances a pole: the objective <c>ReinforceWithBaseline</c> of Models/Reinforcement/ActorCritic.dlm, a step for each episode.</summary>
internal sealed class ReinforceSample : Sample
{
    private const double Discount = 0.99;

    private readonly Option<int> _episodes;
    private readonly Option<double> _rate;

    public ReinforceSample()
        : base("reinforce", "REINFORCE balances a pole on a cart: it plays an episode, and does more often what went better than expected.")
    {
        _episodes = Add("--episodes", "How many episodes to play at most.", 3_000);
        _rate = Add("--rate", "The learning rate of the policy; what to expect is learnt five times as fast.", 1e-3);
    }

    protected override void Run(SampleRun run)
    {
        manual_seed((long)run.Seed);
        CartPole game = new(run.Seed);
        RandomStream chance = new(run.Seed + 1);
        using Policy policy = new();
        using StateValue baseline = new();
        using Adam acting = new(policy, run.Get(_rate)), expecting = new(baseline, 5 * run.Get(_rate));
        ReinforceWithBaseline objective = new(policy, baseline, acting, expecting);

        PoleRecord record = new();
        while (!record.IsSolved && record.Episodes < run.Get(_episodes))
        {
            using var scope = NewDisposeScope();
            List<float> states = [], rewards = [];
            List<long> actions = [];
            Play(game, policy, chance, states, actions, rewards);
            Tensor gains = tensor(Returns.Discounted([.. rewards], Discount));
            objective.Step(tensor(states).reshape(actions.Count, 4), tensor(actions), gains);
            record.Add(actions.Count);
        }

        record.Conclude(run, "REINFORCE balances a pole");
    }

    private static void Play(CartPole game, Policy policy, RandomStream chance, List<float> states, List<long> actions, List<float> rewards)
    {
        float[] state = new float[4];
        StepResult result;
        game.Reset();
        do
        {
            game.Observe(state);
            int action = chance.NextDouble() < LeftChance(policy, state) ? 0 : 1;
            result = game.Step(action);
            states.AddRange(state);
            actions.Add(action);
            rewards.Add(result.Reward);
        }
        while (!result.Ended);
    }

    private static double LeftChance(Policy policy, float[] state)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return policy.call(tensor(state).unsqueeze(0)).softmax(1)[0, 0].item<float>();
    }
}
