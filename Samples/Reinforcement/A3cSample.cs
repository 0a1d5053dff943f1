using System.CommandLine;
using Dlm.Models.Reinforcement;
using Dlm.Runtime.Data;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Reinforcement;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Reinforcement;

/// <summary>
/// Several workers, each with a pole and a network of its own, train one network asynchronously (A3C): each goes by parameters that the others
/// have meanwhile changed. What RMSProp remembers is shared.
/// </summary>
internal sealed class A3cSample : Sample
{
    private readonly Option<int> _episodes, _workers, _steps;
    private readonly Option<double> _rate;

    public A3cSample()
        : base("a3c", "Asynchronous advantage actor-critic (A3C) balances a pole on a cart, with several workers on one network.")
    {
        _episodes = Add("--episodes", "How many episodes to play at most, all workers together.", 6_000);
        _workers = Add("--workers", "How many workers there are; with one, a seed gives the same run again.", 4);
        _steps = Add("--steps", "How many steps a worker plays before each update.", 32);
        _rate = Add("--rate", "The learning rate.", 1e-3);
    }

    protected override void Run(SampleRun run)
    {
        manual_seed((long)run.Seed);
        using ActorCritic net = new();
        using RmsProp optimizer = new(net, run.Get(_rate), alpha: 0.99, epsilon: 1e-5);
        PoleRecord record = new();
        AnsiConsole.WriteLine($"{run.Get(_workers)} workers");
        Workers.Run(run.Get(_workers), (worker, ending) => Work(worker, ending));
        record.Conclude(run, $"{run.Get(_workers)} workers balance a pole (A3C)");
        run.Figure("Updates", $"{optimizer.Steps:n0} of {run.Get(_workers)} workers");

        void Work(int worker, CancellationToken ending)
        {
            ulong seed = run.Seed * 1_000 + (ulong)worker;
            using ActorCritic own = new();
            using SharedOptimizer shared = new(own, net, optimizer);
            AdvantageActorCritic objective = new(own, shared);
            Rollout rollout = new(new VectorEnvironment(new CartPole(seed)), seed);
            while (!record.IsSolved && record.Episodes < run.Get(_episodes) && !ending.IsCancellationRequested)
            {
                using var scope = NewDisposeScope();
                using Batch batch = rollout.Collect(run.Get(_steps), own.call);
                objective.Step(batch["state"], batch["action"], batch["gain"]);
                foreach (double length in rollout.Finished) record.Add(length);
            }
        }
    }
}
