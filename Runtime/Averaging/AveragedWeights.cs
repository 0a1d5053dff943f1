using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Optimizers.Flat;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Runtime.Averaging;

/// <summary>The mean of a run's weights, in buffers beside them. The two can change places, which copies every bit.</summary>
internal sealed class AveragedWeights : IDisposable
{
    private const string Prefix = "average";
    private readonly List<(FlatParameters Parameters, string Optimizer, Tensor Mean)> _parameters = [];
    private readonly List<(string Key, Tensor Buffer, Tensor Mean)> _buffers = [];

    /// <summary>Lays buffers of zeros beside all that <paramref name="objective"/>'s optimizers change, and beside its networks' buffers.</summary>
    public AveragedWeights(Objective objective)
    {
        foreach ((string name, Optimizer optimizer) in objective.Optimizers)
        {
            optimizer.Follow();
            foreach (FlatParameters part in optimizer.Groups.SelectMany(group => group.Parts)) _parameters.Add((part, name, part.NewBuffer()));
        }

        HashSet<Tensor> seen = new(ReferenceEqualityComparer.Instance); // tensors are equal when their values are
        foreach ((string name, nn.Module network) in objective.Networks)
        {
            foreach ((string key, Tensor buffer) in network.named_buffers())
            {
                if (seen.Add(buffer)) _buffers.Add((name.Length == 0 ? key : $"{name}.{key}", buffer, zeros_like(buffer).DetachFromDisposeScope()));
            }
        }
    }

    /// <summary>How many weights the mean holds.</summary>
    public long Count { get; private set; }

    /// <summary>Takes the weights as they are into the mean.</summary>
    /// <param name="share">Their share in the mean; the first have all of it.</param>
    public void Take(Func<long, double> share)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        double weight = Count == 0 ? 1 : share(Count);
        foreach ((Tensor current, Tensor mean) in Pairs())
        {
            if (weight == 1 || !mean.is_floating_point()) mean.copy_(current);
            else mean.lerp_(current, tensor(weight, dtype: mean.dtype, device: mean.device));
        }

        Count++;
    }

    /// <summary>Puts the mean in the weights' place until the result is disposed, and the weights in its own.</summary>
    public IDisposable InPlace() => new Exchange(this);

    /// <summary>Puts the mean in the weights' place.</summary>
    public void ChangePlaces()
    {
        if (Count == 0) return;
        using var noGradient = no_grad();
        foreach ((Tensor current, Tensor mean) in Pairs())
        {
            using Tensor kept = current.clone();
            current.copy_(mean);
            mean.copy_(kept);
        }

        foreach ((FlatParameters parameters, _, _) in _parameters) parameters.Round();
    }

    /// <summary>Writes what stands in the mean's place: while they have changed places, the weights that training goes on with.</summary>
    public void Save(CheckpointState state)
    {
        state.Set($"{Prefix}/count", Count);
        if (Count == 0) return;
        foreach ((string key, Tensor mean) in Views()) state.Add(key, mean);
        foreach ((string key, _, Tensor mean) in _buffers) state.Add(BufferKey(key), mean);
    }

    /// <summary>Takes up what <see cref="Save"/> wrote, into the same place.</summary>
    public void Load(CheckpointState state)
    {
        Count = CountIn(state);
        if (Count == 0) return;
        foreach ((string key, Tensor mean) in Views())
        {
            using (mean) state.CopyTo(key, mean);
        }

        foreach ((string key, _, Tensor mean) in _buffers) state.CopyTo(BufferKey(key), mean);
    }

    /// <summary>How many weights the mean of a checkpoint holds; 0 where it has none.</summary>
    public static long CountIn(CheckpointState state) => state.Has($"{Prefix}/count") ? state.Integer($"{Prefix}/count") : 0;

    /// <summary>Frees the mean.</summary>
    public void Dispose()
    {
        foreach ((_, _, Tensor mean) in _parameters) mean.Dispose();
        foreach ((_, _, Tensor mean) in _buffers) mean.Dispose();
    }

    private static string BufferKey(string key) => $"{Prefix}/buffers/{key}";

    private IEnumerable<(Tensor Current, Tensor Mean)> Pairs() =>
        [.. _parameters.Select(part => (part.Parameters.Values, part.Mean)), .. _buffers.Select(buffer => (buffer.Buffer, buffer.Mean))];

    private IEnumerable<(string Key, Tensor View)> Views() =>
        from part in _parameters
        from i in Enumerable.Range(0, part.Parameters.Names.Count)
        select ($"{Prefix}/{part.Optimizer}/{part.Parameters.Names[i]}", part.Parameters.View(part.Mean, i));

    private sealed class Exchange : IDisposable
    {
        private readonly AveragedWeights _weights;

        public Exchange(AveragedWeights weights)
        {
            _weights = weights;
            weights.ChangePlaces();
        }

        public void Dispose() => _weights.ChangePlaces();
    }
}
