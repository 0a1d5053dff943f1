using System.Runtime.InteropServices;
using Dlm.Runtime.Data.Transforms;
using static TorchSharp.torch;

namespace Dlm.Runtime.Data.Text;

/// <summary>
/// Masked language modelling (Devlin et al., 2018): of each sequence some entries are chosen, of which four fifths become MASK, a tenth becomes any entry
/// and a tenth stays; "target", int64 [B, T], holds what was there, and <see cref="TranslationDataset.Ignored"/> everywhere else. Others are chosen
/// each epoch (RoBERTa; Liu et al., 2019).
/// </summary>
/// <param name="seed">The same seed chooses the same entries.</param>
/// <param name="vocabulary">Its reserved entries are neither chosen nor put in by chance.</param>
/// <param name="share">The share that is chosen, rounded to whole entries; at least one where there is any.</param>
public sealed class MaskedWords(ulong seed, Vocabulary vocabulary, double share = 0.15) : ITransform
{
    private const double Masked = 0.8, Replaced = 0.9;

    private readonly int _mask = vocabulary.Mask;
    private readonly int[] _words = [.. Enumerable.Range(0, vocabulary.Count).Where(number => !vocabulary.IsReserved(number))];

    /// <summary>Which tensor of the batch holds the sequences.</summary>
    public string Field { get; init; } = Batch.InputName;

    /// <summary>What the tensor of the words to be guessed is called.</summary>
    public string Target { get; init; } = Batch.TargetName;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The sequences are not int64 [B, T].</exception>
    public Batch Apply(Batch batch, int epoch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Tensor given = batch[Field];
        if (given.dtype != ScalarType.Int64 || given.dim() != 2)
        {
            throw new InvalidOperationException($"Sequences to be masked are int64 [B, T]; the data set gives {given.dtype} [{string.Join(", ", given.shape)}].");
        }

        Tensor input = given.clone(), target = empty(given.shape, dtype: ScalarType.Int64);
        Span<long> inputs = MemoryMarshal.Cast<byte, long>(input.bytes), targets = MemoryMarshal.Cast<byte, long>(target.bytes);
        targets.Fill(TranslationDataset.Ignored);
        int width = inputs.Length / batch.Count;
        for (int row = 0; row < batch.Count; row++)
        {
            Choose(inputs.Slice(row * width, width), targets.Slice(row * width, width), new RandomStream(seed, (ulong)epoch, (ulong)batch.Indices[row]));
        }

        return batch.With((Field, input), (Target, target));
    }

    private void Choose(Span<long> input, Span<long> target, RandomStream random)
    {
        List<int> places = [];
        for (int i = 0; i < input.Length; i++)
        {
            if (!vocabulary.IsReserved((int)input[i])) places.Add(i);
        }

        if (places.Count == 0) return;
        random.Shuffle(CollectionsMarshal.AsSpan(places));
        foreach (int place in places.Take(Math.Max(1, (int)Math.Round(places.Count * share))))
        {
            target[place] = input[place];
            double what = random.NextDouble();
            long other = _words[random.NextInt64(_words.Length)];
            if (what < Masked) input[place] = _mask;
            else if (what < Replaced) input[place] = other;
        }
    }
}
