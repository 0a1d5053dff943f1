using System.CommandLine;
using Dlm.Models.Reinforcement;
using Dlm.Runtime.Data;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Reinforcement;
using static TorchSharp.torch;

namespace Dlm.Samples.Reinforcement;

/// <summary>
/// An actor and its critic balance poles, several at once: the objective <c>AdvantageActorCritic</c> of Models/Reinforcement/ActorCritic.dlm on
/// the returns of some steps.
/// </summary>
internal sealed class ActorCriticSample : Sample
{
    private readonly Option<int> _episodes, _poles, _steps;
    private readonly Option<double> _rate;

    public ActorCriticSample()
        : base("actor-critic", "Advantage actor-critic (A2C) balances a pole on a cart, learning from several poles at once.")
    {
        _episodes = Add("--episodes", "How many episodes to play at most.", 4_000);
        _poles = Add("--poles", "How many poles there are.", 8);
        _steps = Add("--steps", "How many steps of each it learns from at once.", 16);
        _rate = Add("--rate", "The learning rate.", 2e-3);
    }

    protected override void Run(SampleRun run)
    {
        manual_seed((long)run.Seed);
        VectorEnvironment poles = new([.. Enumerable.Range(0, run.Get(_poles)).Select(i => new CartPole(run.Seed + (ulong)i))]);
        Rollout rollout = new(poles, run.Seed);
        using ActorCritic net = new();
        using RmsProp optimizer = new(net, run.Get(_rate), alpha: 0.99, epsilon: 1e-5);
        AdvantageActorCritic objective = new(net, optimizer);

        PoleRecord record = new();
        while (!record.IsSolved && record.Episodes < run.Get(_episodes))
        {
            using var scope = NewDisposeScope();
            using Batch batch = rollout.Collect(run.Get(_steps), net.call);
            objective.Step(batch["state"], batch["action"], batch["gain"]);
            foreach (double length in rollout.Finished) record.Add(length);
        }

        record.Conclude(run, "An actor and its critic balance a pole");
    }
}
