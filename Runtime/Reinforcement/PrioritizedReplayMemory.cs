using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data;
using static TorchSharp.torch;

namespace Dlm.Runtime.Reinforcement;

/// <summary>
/// Draws more often what the agent was wrong about (Schaul et al., 2016, the proportional variant): with the probability p / sum of all p, where
/// p = (|error| + epsilon)^alpha. A batch also holds "weight", float32 [B], (Count * probability)^-beta over the largest such weight in the memory, by which the
/// losses are to be multiplied, as what is drawn more often would otherwise count more.
/// </summary>
/// <remarks>A new transition has the largest priority so far, so that it is seen soon; <see cref="Update"/> gives it its own.</remarks>
public sealed class PrioritizedReplayMemory : ReplayMemory
{
    private readonly SumTree _priorities;
    private readonly double _alpha, _epsilon;
    private double _largest = 1;

    /// <summary>Takes memory for <paramref name="capacity"/> transitions.</summary>
    /// <param name="capacity">How many are kept; then the oldest is forgotten.</param>
    /// <param name="observationShape">The shape of a state: <see cref="IEnvironment.ObservationShape"/>.</param>
    /// <param name="seed">The same seed draws the same.</param>
    /// <param name="alpha">How much priorities count: with 0 all are drawn alike.</param>
    /// <param name="beta">How much the weights make up for it; see <see cref="Beta"/>.</param>
    /// <param name="epsilon">What is added to an error, so that nothing is never drawn again.</param>
    public PrioritizedReplayMemory(int capacity, IReadOnlyList<int> observationShape, ulong seed, double alpha = 0.6, double beta = 0.4, double epsilon = 1e-6)
        : base(capacity, observationShape, seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(alpha);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epsilon);
        (_priorities, _alpha, _epsilon, Beta) = (new SumTree(capacity), alpha, epsilon, beta);
    }

    /// <summary>How much the weights make up for the drawing, 0 to 1; the paper lets it rise to 1 while training goes on.</summary>
    public double Beta { get; set; }

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> state, int action, float reward, ReadOnlySpan<float> next, bool terminated)
    {
        int place = Place;
        base.Add(state, action, reward, next, terminated);
        _priorities[place] = _largest;
    }

    /// <summary>Draws a batch: one transition out of each of <paramref name="count"/> stretches of equal probability.</summary>
    /// <exception cref="InvalidOperationException">The memory is empty.</exception>
    public override Batch Sample(int count)
    {
        RequireAny();
        long[] places = new long[count];
        float[] weights = new float[count];
        double stretch = _priorities.Sum / count;
        for (int i = 0; i < count; i++)
        {
            int place = _priorities.Find((i + Random.NextDouble()) * stretch);
            places[i] = place;

            // The count and the sum are in the largest weight too, and cancel out.
            weights[i] = (float)Math.Pow(_priorities[place] / _priorities.Least, -Beta);
        }

        return Read(places, ("weight", tensor(weights)));
    }

    /// <summary>Gives the transitions of a batch the priorities that belong to their errors.</summary>
    /// <param name="batch">What <see cref="Sample"/> gave.</param>
    /// <param name="errors">The temporal-difference errors, float32 [B]; their signs do not matter.</param>
    /// <exception cref="ArgumentException">There are not as many errors, or one is no number.</exception>
    public void Update(Batch batch, Tensor errors)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(errors);
        using var scope = NewDisposeScope();
        float[] values = errors.detach().to(ScalarType.Float32).cpu().ToArray<float>();
        if (values.Length != batch.Count) throw new ArgumentException($"The batch has {batch.Count} transitions, and there are {values.Length} errors.", nameof(errors));
        if (!values.All(float.IsFinite)) throw new ArgumentException("An error is not a finite number: training has diverged. Lower the rate, or clip gradients.", nameof(errors));
        for (int i = 0; i < values.Length; i++)
        {
            double priority = Math.Pow(Math.Abs(values[i]) + _epsilon, _alpha);
            _priorities[(int)batch.Indices[i]] = priority;
            _largest = Math.Max(_largest, priority);
        }
    }

    /// <inheritdoc/>
    public override void Save(CheckpointState state, string prefix)
    {
        base.Save(state, prefix);
        using Tensor priorities = tensor(Enumerable.Range(0, Count).Select(place => _priorities[place]).ToArray());
        state.Add($"{prefix}/priorities", priorities);
        state.Set($"{prefix}/largest", _largest);
        state.Set($"{prefix}/beta", Beta);
    }

    /// <inheritdoc/>
    public override void Load(CheckpointState state, string prefix)
    {
        base.Load(state, prefix);
        double[] priorities = state.Tensor($"{prefix}/priorities").ToArray<double>();
        _priorities.Clear();
        for (int place = 0; place < priorities.Length; place++) _priorities[place] = priorities[place];
        (_largest, Beta) = (state.Number($"{prefix}/largest"), state.Number($"{prefix}/beta"));
    }
}
