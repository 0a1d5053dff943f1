using System.Runtime.InteropServices;
using Dlm.Runtime.Data.Transforms;
using static TorchSharp.torch;

namespace Dlm.Runtime.Data.Text;

/// <summary>
/// Adds "negatives", int64 [B, K], to a batch: words that are not the target, drawn by how often they come up, to the power of 0.75 (Mikolov et al., 2013).
/// Others are drawn each epoch.
/// </summary>
public sealed class NegativeSampling : ITransform
{
    private readonly ulong _seed;
    private readonly int _count;
    private readonly AliasTable _table;

    /// <summary>Prepares the draws.</summary>
    /// <param name="counts">How often each word comes up: <see cref="FrequentWords.Count"/>.</param>
    /// <param name="count">How many are drawn for each sample: K.</param>
    /// <param name="seed">The same seed draws the same.</param>
    /// <param name="power">Below 1, rare words are drawn more often than they come up.</param>
    /// <exception cref="ArgumentException">Fewer than two words come up, so that nothing can be drawn that is not the target.</exception>
    public NegativeSampling(IReadOnlyList<long> counts, int count, ulong seed, double power = 0.75)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (counts.Count(c => c > 0) < 2) throw new ArgumentException("At least two words must come up, so that one can be drawn that is not the target.", nameof(counts));
        (_seed, _count, _table) = (seed, count, new AliasTable([.. counts.Select(c => c > 0 ? Math.Pow(c, power) : 0)]));
    }

    /// <summary>Which tensor of the batch, int64 [B], holds the words that are right: "context" for <see cref="SkipGrams"/>, "center" for <see cref="WordContexts"/>.</summary>
    public string Field { get; init; } = "context";

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The right words are not one for each sample.</exception>
    public Batch Apply(Batch batch, int epoch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        long[] targets = batch[Field].ToArray<long>();
        if (targets.Length != batch.Count) throw new InvalidOperationException($"Negatives are drawn for one word a sample, int64 [B]; '{Field}' is [{string.Join(", ", batch[Field].shape)}].");
        Tensor negatives = empty([batch.Count, _count], dtype: ScalarType.Int64);
        Span<long> drawn = MemoryMarshal.Cast<byte, long>(negatives.bytes);
        for (int row = 0; row < targets.Length; row++)
        {
            RandomStream random = new(_seed, (ulong)epoch, (ulong)batch.Indices[row]);
            for (int i = 0; i < _count; i++)
            {
                do drawn[row * _count + i] = _table.Draw(random);
                while (drawn[row * _count + i] == targets[row]);
            }
        }

        return batch.With(("negatives", negatives));
    }
}
