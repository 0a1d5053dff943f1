using System.Runtime.InteropServices;
using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data;
using static TorchSharp.torch;

namespace Dlm.Runtime.Reinforcement;

/// <summary>
/// Keeps the last transitions and draws batches of them, each as likely as any other (Lin, 1992; Mnih et al., 2015). A batch holds "state" and
/// "next", float32 [B, ...]; "action", int64 [B]; "reward", float32 [B]; and "done", bool [B], true where nothing came after.
/// </summary>
/// <remarks>Its random numbers are its own, so that a seed decides what is drawn, and a checkpoint keeps it. For one thread at a time.</remarks>
public class ReplayMemory
{
    private readonly long[] _shape;
    private readonly int _size;
    private readonly float[] _states, _nexts, _rewards, _terminated;
    private readonly long[] _actions;

    /// <summary>Takes memory for <paramref name="capacity"/> transitions.</summary>
    /// <param name="capacity">How many are kept; then the oldest is forgotten.</param>
    /// <param name="observationShape">The shape of a state: <see cref="IEnvironment.ObservationShape"/>.</param>
    /// <param name="seed">The same seed draws the same.</param>
    public ReplayMemory(int capacity, IReadOnlyList<int> observationShape, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentNullException.ThrowIfNull(observationShape);
        (Capacity, Random, _shape) = (capacity, new RandomStream(seed), [.. observationShape.Select(side => (long)side)]);
        _size = observationShape.Aggregate(1, (a, b) => checked(a * b));
        long numbers = (long)capacity * _size;
        if (numbers > Array.MaxLength) throw new ArgumentOutOfRangeException(nameof(capacity), capacity, $"States of {_size} numbers can be kept {Array.MaxLength / _size} times at most.");
        (_states, _nexts) = (new float[numbers], new float[numbers]);
        (_rewards, _terminated, _actions) = (new float[capacity], new float[capacity], new long[capacity]);
    }

    /// <summary>How many transitions are kept at most.</summary>
    public int Capacity { get; }

    /// <summary>How many are kept now.</summary>
    public int Count { get; private set; }

    /// <summary>The chance of the draws.</summary>
    protected RandomStream Random { get; }

    /// <summary>Where the next transition goes.</summary>
    protected int Place { get; private set; }

    /// <summary>Keeps a transition.</summary>
    /// <param name="state">What was seen.</param>
    /// <param name="action">What was done.</param>
    /// <param name="reward">What it was worth.</param>
    /// <param name="next">What was seen then.</param>
    /// <param name="terminated">Whether the episode had ended; not where it was only broken off.</param>
    public virtual void Add(ReadOnlySpan<float> state, int action, float reward, ReadOnlySpan<float> next, bool terminated)
    {
        if (state.Length != _size || next.Length != _size)
        {
            throw new ArgumentException($"A state has {_size} numbers here, and {(state.Length != _size ? state.Length : next.Length)} were given.", nameof(state));
        }

        state.CopyTo(_states.AsSpan(Place * _size));
        next.CopyTo(_nexts.AsSpan(Place * _size));
        (_actions[Place], _rewards[Place], _terminated[Place]) = (action, reward, terminated ? 1 : 0);
        Place = (Place + 1) % Capacity;
        Count = Math.Min(Count + 1, Capacity);
    }

    /// <summary>Draws a batch, with replacement. Its indices are the transitions' places in the memory.</summary>
    /// <exception cref="InvalidOperationException">The memory is empty.</exception>
    public virtual Batch Sample(int count)
    {
        long[] places = new long[count];
        RequireAny();
        for (int i = 0; i < count; i++) places[i] = Random.NextInt64(Count);
        return Read(places);
    }

    /// <summary>Adds all that is kept to a checkpoint.</summary>
    public virtual void Save(CheckpointState state, string prefix)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach ((string name, Array values, long width) in Parts())
        {
            using Tensor whole = values is float[] numbers ? tensor(numbers) : tensor((long[])values);
            using Tensor kept = whole.reshape(Capacity, width).narrow(0, 0, Count).clone();
            state.Add($"{prefix}/{name}", kept);
        }

        state.Set($"{prefix}/count", Count);
        state.Set($"{prefix}/place", Place);
        state.Set($"{prefix}/random", Random.State);
    }

    /// <summary>Takes all that a checkpoint kept.</summary>
    /// <exception cref="CheckpointException">It was written by a memory of another size.</exception>
    public virtual void Load(CheckpointState state, string prefix)
    {
        ArgumentNullException.ThrowIfNull(state);
        (long count, long place) = (state.Integer($"{prefix}/count"), state.Integer($"{prefix}/place"));
        if (count < 0 || count > Capacity || place < 0 || place >= Capacity) throw state.Error($"'{prefix}' held {count} transitions, and this memory keeps {Capacity}", "Make it as large.");
        foreach ((string name, Array values, long width) in Parts())
        {
            Tensor kept = state.Tensor($"{prefix}/{name}");
            if (!kept.shape.AsSpan().SequenceEqual([count, width])) throw state.Error($"'{prefix}/{name}' is [{string.Join(", ", kept.shape)}], and this memory needs [{count}, {width}]", "It was written for another environment.");
            if (values is float[]) kept.ToArray<float>().CopyTo(values, 0);
            else kept.ToArray<long>().CopyTo(values, 0);
        }

        (Count, Place, Random.State) = ((int)count, (int)place, state.Text($"{prefix}/random"));
    }

    /// <summary>The transitions at some places as a batch.</summary>
    protected Batch Read(long[] places, params ReadOnlySpan<(string, Tensor)> more)
    {
        ArgumentNullException.ThrowIfNull(places);
        (string, Tensor)[] fields =
        [
            ("state", Gather(_states, places, _shape)), ("action", tensor(Array.ConvertAll(places, place => _actions[place]))),
            ("reward", tensor(Array.ConvertAll(places, place => _rewards[place]))), ("next", Gather(_nexts, places, _shape)),
            ("done", tensor(Array.ConvertAll(places, place => _terminated[place] != 0))), .. more,
        ];
        return new Batch(places, fields);
    }

    /// <summary>Refuses to draw from nothing.</summary>
    protected void RequireAny()
    {
        if (Count == 0) throw new InvalidOperationException("The memory is empty: add transitions before drawing from it.");
    }

    private Tensor Gather(float[] from, long[] places, long[] shape)
    {
        Tensor gathered = empty([places.Length, .. shape]);
        Span<float> values = MemoryMarshal.Cast<byte, float>(gathered.bytes);
        for (int i = 0; i < places.Length; i++) from.AsSpan((int)places[i] * _size, _size).CopyTo(values[(i * _size)..]);
        return gathered;
    }

    private (string Name, Array Values, long Width)[] Parts() =>
        [("states", _states, _size), ("nexts", _nexts, _size), ("actions", _actions, 1), ("rewards", _rewards, 1), ("terminated", _terminated, 1)];
}
