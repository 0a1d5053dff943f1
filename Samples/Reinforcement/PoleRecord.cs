using Dlm.Runtime.Data;
using Dlm.Runtime.Reinforcement;
using Dlm.Runtime.Reports;
using Spectre.Console;

namespace Dlm.Samples.Reinforcement;

/// <summary>How long poles were balanced, episode by episode, until a hundred of them lasted 195 steps in the mean. For several threads at once.</summary>
internal sealed class PoleRecord
{
    private const double Goal = 195; // CartPole's own measure: the mean of a hundred episodes
    private const int Window = 100, Shown = 50;

    private readonly List<double> _lengths = [];
    private readonly Lock _lock = new();

    /// <summary>Whether the goal is reached.</summary>
    public bool IsSolved { get; private set; }

    /// <summary>How many episodes have ended.</summary>
    public int Episodes => _lengths.Count;

    /// <summary>Adds an episode; those behind the one that reaches the goal do not count.</summary>
    public void Add(double length)
    {
        lock (_lock)
        {
            if (IsSolved) return;
            _lengths.Add(length);
            IsSolved = Episodes >= Window && Mean >= Goal;
            if (Episodes % Shown != 0 && !IsSolved) return;
            AnsiConsole.WriteLine($"episode {Episodes,5}   steps {_lengths.Sum(),8:n0}   the last {Math.Min(Window, Episodes),3} lasted {Mean,6:0.0} steps");
        }
    }

    /// <summary>Says what was reached, and draws it.</summary>
    public void Conclude(SampleRun run, string title)
    {
        if (IsSolved) run.Figure("Solved", $"after {Episodes:n0} episodes, {_lengths.Sum():n0} steps: {Mean:0.0} steps in the mean of {Window}");
        else run.Figure("Not solved", $"{Mean:0.0} steps in the mean of the last {Math.Min(Window, Episodes)} of {Episodes:n0} episodes; more of them, or another rate, may help");
        run.Figure("By chance", $"{ByChance(run.Seed):0.0} steps");
        run.Picture("return", "Steps that the pole stands, by episode", ReturnCurve.Draw(title, _lengths, Window, Goal, "steps"));
    }

    private double Mean => _lengths.TakeLast(Window).DefaultIfEmpty(0).Average();

    private static double ByChance(ulong seed)
    {
        CartPole game = new(seed);
        RandomStream chance = new(seed);
        int steps = 0;
        for (int episode = 0; episode < Window; episode++)
        {
            game.Reset();
            do steps++;
            while (!game.Step((int)chance.NextInt64(game.Actions)).Ended);
        }

        return (double)steps / Window;
    }
}
