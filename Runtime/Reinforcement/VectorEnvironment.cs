using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dlm.Runtime.Reinforcement;

/// <summary>Several environments of one kind that step together, so that a network sees them as a batch. Where an episode ends the next begins at once.</summary>
public sealed class VectorEnvironment
{
    private const char Between = '\n';

    private readonly IEnvironment[] _environments;
    private readonly long[] _shape;
    private readonly int _size;
    private readonly double[] _returns;

    /// <summary>Begins an episode in each.</summary>
    /// <param name="environments">One or more, with the same observations and actions and seeds of their own.</param>
    /// <exception cref="ArgumentException">There is none, or they differ.</exception>
    public VectorEnvironment(params IReadOnlyList<IEnvironment> environments)
    {
        ArgumentNullException.ThrowIfNull(environments);
        if (environments.Count == 0) throw new ArgumentException("At least one environment is needed.", nameof(environments));
        IEnvironment first = environments[0];
        if (!environments.All(other => other.Actions == first.Actions && other.ObservationShape.SequenceEqual(first.ObservationShape)))
        {
            throw new ArgumentException("Environments that step together have the same observations and actions.", nameof(environments));
        }

        _environments = [.. environments];
        _size = first.ObservationShape.Aggregate(1, (a, b) => a * b);
        _shape = [environments.Count, .. first.ObservationShape.Select(side => (long)side)];
        _returns = new double[environments.Count];
        (Rewards, Results, Next) = (new float[environments.Count], new StepResult[environments.Count], new float[environments.Count * _size]);
        foreach (IEnvironment environment in _environments) environment.Reset();
    }

    /// <summary>How many environments there are: N.</summary>
    public int Count => _environments.Length;

    /// <summary>How many actions there are.</summary>
    public int Actions => _environments[0].Actions;

    /// <summary>What each observation is.</summary>
    public IReadOnlyList<int> ObservationShape => _environments[0].ObservationShape;

    /// <summary>The rewards of the last step.</summary>
    public float[] Rewards { get; }

    /// <summary>What came of the last step in each.</summary>
    public StepResult[] Results { get; }

    /// <summary>What was seen after the last step, before another episode began: [N, observation], what a value is bootstrapped from.</summary>
    public float[] Next { get; }

    /// <summary>The states of all, for a checkpoint; the rewards of the episodes that go on are among them.</summary>
    public string State
    {
        get => string.Join(Between, _environments.Select((environment, i) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_returns[i]:R} {environment.State}")));
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            string[] states = value.Split(Between);
            if (states.Length != Count) throw new FormatException($"The state is of {states.Length} environments, and here are {Count}.");
            for (int i = 0; i < states.Length; i++)
            {
                int blank = states[i].IndexOf(' ');
                if (blank < 0) throw new FormatException("The state of an environment begins with its return and a blank.");
                _returns[i] = double.Parse(states[i].AsSpan(0, blank), System.Globalization.CultureInfo.InvariantCulture);
                _environments[i].State = states[i][(blank + 1)..];
            }
        }
    }

    /// <summary>What is seen now, float32 [N, ...].</summary>
    public Tensor Observe()
    {
        Tensor seen = empty(_shape);
        Span<float> values = MemoryMarshal.Cast<byte, float>(seen.bytes);
        for (int i = 0; i < Count; i++) _environments[i].Observe(values.Slice(i * _size, _size));
        return seen;
    }

    /// <summary>Does something in each.</summary>
    /// <param name="actions">One action for each.</param>
    /// <returns>The sums of rewards of the episodes that ended with this step.</returns>
    public IReadOnlyList<double> Step(ReadOnlySpan<int> actions)
    {
        if (actions.Length != Count) throw new ArgumentException($"{Count} environments need as many actions, and {actions.Length} were given.", nameof(actions));
        List<double> finished = [];
        for (int i = 0; i < Count; i++)
        {
            Results[i] = _environments[i].Step(actions[i]);
            Rewards[i] = Results[i].Reward;
            _returns[i] += Results[i].Reward;
            _environments[i].Observe(Next.AsSpan(i * _size, _size));
            if (!Results[i].Ended) continue;
            finished.Add(_returns[i]);
            _returns[i] = 0;
            _environments[i].Reset();
        }

        return finished;
    }
}
