using System.CommandLine;
using Dlm.Runtime.Data;
using Dlm.Runtime.Reinforcement;
using Dlm.Runtime.Reports;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Reinforcement;

/// <summary>Learns to catch a ball from the pixels of a court and its rewards alone, by an objective of Models/Reinforcement/DeepQLearning.dlm.</summary>
internal sealed class CatchSample : Sample
{
    private const int Places = 12, Scale = 2; // a court of 24 x 24 pixels
    private const int BatchSize = 32, Earliest = 500, EveryStep = 2, Judged = 100, Shown = 4;
    private const double Caught = 0.95, LastChance = 0.05, Falling = 5_000; // a random action's chance falls from 1 over so many steps

    private readonly Func<IEnvironment, ulong, double, CatchLearner> _learner;
    private readonly string _title;
    private readonly Option<int> _balls;
    private readonly Option<double> _rate;

    /// <param name="name">What to type.</param>
    /// <param name="title">How it learns.</param>
    /// <param name="learner">What learns, for a game, a seed and a rate.</param>
    public CatchSample(string name, string title, Func<IEnvironment, ulong, double, CatchLearner> learner)
        : base(name, $"{title} learns to catch a ball from pixels, until it catches 95 of 100.")
    {
        (_title, _learner) = (title, learner);
        _balls = Add("--balls", "How many balls to play at most.", 3_000);
        _rate = Add("--rate", "The learning rate.", 5e-4);
    }

    protected override void Run(SampleRun run)
    {
        manual_seed((long)run.Seed);
        Catch game = new(run.Seed, Places, Places, Scale);
        CatchLearner learner = _learner(game, run.Seed, run.Get(_rate));
        RandomStream chance = new(run.Seed + 1);
        AnsiConsole.WriteLine($"{learner.Network.parameters().Sum(p => p.numel()):n0} parameters see {Places * Scale} x {Places * Scale} pixels");
        double untrained = Judge(learner.Network, run.Seed);
        List<double> scores = [];
        double share = 0;
        long steps = 0;
        while (share < Caught && scores.Count < run.Get(_balls))
        {
            for (int ball = 0; ball < Judged; ball++) scores.Add(Play(game, learner, chance, ref steps));
            share = Judge(learner.Network, run.Seed + (ulong)scores.Count);
            AnsiConsole.WriteLine($"ball {scores.Count,5}   steps {steps,7:n0}   caught while exploring {scores.TakeLast(Judged).Count(won => won > 0),3} of {Judged}, then {100 * share:0} of {Judged}");
        }

        run.Figure("Balls caught", $"{100 * Judge(learner.Network, run.Seed + 77_777, 1_000):0.0} % of 1,000");
        run.Figure("Before learning", $"{100 * untrained:0} %");
        run.Figure("Learnt from", $"{scores.Count:n0} balls, {steps:n0} steps");
        run.Picture("catch", "Four balls, from left to right", Film(learner.Network, run.Seed));
        run.Picture("return", "Return by ball, while exploring", ReturnCurve.Draw($"{_title} learns to catch", scores, Judged));
    }

    private static double Play(Catch game, CatchLearner learner, RandomStream chance, ref long steps)
    {
        float[] state = new float[Places * Places * Scale * Scale], next = new float[state.Length];
        game.Reset();
        game.Observe(state);
        while (true)
        {
            double exploring = Math.Max(LastChance, 1 - steps / Falling);
            int action = chance.NextDouble() < exploring ? (int)chance.NextInt64(game.Actions) : Best(learner.Network, state);
            StepResult result = game.Step(action);
            game.Observe(next);
            learner.Memory.Add(state, action, result.Reward, next, result.Terminated);
            if (++steps % EveryStep == 0 && learner.Memory.Count >= Earliest)
            {
                using var scope = NewDisposeScope();
                using Batch batch = learner.Memory.Sample(BatchSize);
                learner.Learn(batch);
            }

            if (result.Ended) return result.Reward;
            (state, next) = (next, state);
        }
    }

    /// <summary>Which share of balls is caught without exploring.</summary>
    private static double Judge(nn.Module<Tensor, Tensor> network, ulong seed, int balls = Judged)
    {
        Catch game = new(seed + 1_000_000, Places, Places, Scale);
        return Enumerable.Range(0, balls).Count(_ => Watch(game, network).Won > 0) / (double)balls;
    }

    private static byte[] Film(nn.Module<Tensor, Tensor> network, ulong seed)
    {
        Catch game = new(seed + 2_000_000, Places, Places, Scale);
        float[] frames = [.. Enumerable.Range(0, Shown).SelectMany(_ => Watch(game, network).Frames)];
        using Tensor film = tensor(frames).reshape(-1, 1, Places * Scale, Places * Scale);
        return ImageSheet.Encode(film, columns: Places);
    }

    private static (float Won, List<float> Frames) Watch(Catch game, nn.Module<Tensor, Tensor> network)
    {
        List<float> frames = [];
        float[] seen = new float[Places * Places * Scale * Scale];
        StepResult result = default;
        for (game.Reset(); ; result = game.Step(Best(network, seen)))
        {
            game.Observe(seen);
            frames.AddRange(seen);
            if (result.Ended) return (result.Reward, frames);
        }
    }

    private static int Best(nn.Module<Tensor, Tensor> network, float[] seen)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return (int)network.call(tensor(seen).reshape(1, 1, Places * Scale, Places * Scale)).argmax(1).item<long>();
    }
}
