using System.CommandLine;
using Dlm.Models.Reinforcement;
using Dlm.Runtime.Data;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Reinforcement;
using static TorchSharp.torch;

namespace Dlm.Samples.Reinforcement;

/// <summary>
/// Learns to balance a pole on a cart from nothing but its rewards: the objective <c>DoubleDeepQ</c> of Models/Reinforcement/DeepQLearning.dlm, stepped
/// in a loop of its own, for the data are made on the way.
/// </summary>
internal sealed class DqnSample : Sample
{
    private const int Remembered = 10_000, BatchSize = 128, Earliest = 500;
    private const double FirstChance = 1, LastChance = 0.02, Falling = 3_000; // of a random action, over the first steps

    private readonly Option<int> _episodes;
    private readonly Option<double> _rate;

    public DqnSample()
        : base("dqn", "Q-learning balances a pole on a cart, until a hundred episodes last 195 steps in the mean.")
    {
        _episodes = Add("--episodes", "How many episodes to play at most.", 600);
        _rate = Add("--rate", "The learning rate.", 1e-3);
    }

    protected override void Run(SampleRun run)
    {
        ulong seed = run.Seed;
        manual_seed((long)seed);
        CartPole game = new(seed);
        ReplayMemory memory = new(Remembered, game.ObservationShape, seed);
        RandomStream chance = new(seed + 1);
        using QNetwork q = new(), target = new();
        target.load_state_dict(q.state_dict());
        using AdamW optimizer = new(q, run.Get(_rate), amsgrad: true);
        DoubleDeepQ objective = new(q, target, optimizer);

        PoleRecord record = new();
        long steps = 0;
        while (!record.IsSolved && record.Episodes < run.Get(_episodes)) record.Add(Play(game, memory, q, objective, chance, ref steps));
        record.Conclude(run, "Deep Q-learning balances a pole");
    }

    private static int Play(CartPole game, ReplayMemory memory, QNetwork q, DoubleDeepQ objective, RandomStream chance, ref long steps)
    {
        float[] state = new float[4], next = new float[4];
        game.Reset();
        game.Observe(state);
        for (int length = 1; ; length++)
        {
            double exploring = LastChance + (FirstChance - LastChance) * Math.Max(0, 1 - steps / Falling);
            int action = chance.NextDouble(0, 1) < exploring ? (int)chance.NextInt64(game.Actions) : Best(q, state);
            StepResult result = game.Step(action);
            game.Observe(next);
            memory.Add(state, action, result.Reward, next, result.Terminated);
            steps++;
            if (memory.Count >= Earliest) Learn(memory, objective);
            if (result.Ended) return length;
            (state, next) = (next, state);
        }
    }

    private static void Learn(ReplayMemory memory, DoubleDeepQ objective)
    {
        using var scope = NewDisposeScope();
        using Batch batch = memory.Sample(BatchSize);
        objective.Step(batch["state"], batch["action"], batch["reward"], batch["next"], batch["done"]);
    }

    private static int Best(QNetwork q, float[] state)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return (int)q.call(tensor(state).unsqueeze(0)).argmax(1).item<long>();
    }
}
