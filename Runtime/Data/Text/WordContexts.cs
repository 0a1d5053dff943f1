using Dlm.Runtime.Data.Sequences;
using static TorchSharp.torch;

namespace Dlm.Runtime.Data.Text;

/// <summary>
/// The neighbours of each word of a text, to guess the word (CBOW; Mikolov et al., 2013). A batch holds "context", int64 [B, N], the neighbours; "mask",
/// bool [B, N], as words near an end have fewer; and "center", int64 [B], the words.
/// </summary>
public sealed class WordContexts : IDataset
{
    private readonly int[] _text;
    private readonly int _window;
    private readonly Padding _padding;

    /// <summary>Takes the words of a text; it is not copied.</summary>
    /// <param name="text">The numbers of the text, at least two.</param>
    /// <param name="window">How many neighbours count on each side.</param>
    /// <param name="padding">What stands where there is no neighbour.</param>
    public WordContexts(int[] text, int window, int padding = 0)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window);
        ArgumentOutOfRangeException.ThrowIfLessThan(text.Length, 2, nameof(text));
        (_text, _window, _padding) = (text, window, new Padding { Value = padding });
    }

    /// <inheritdoc/>
    public long Count => _text.Length;

    /// <inheritdoc/>
    public string SampleNoun => "words";

    /// <inheritdoc/>
    public Batch Read(ReadOnlySpan<long> indices)
    {
        long[] chosen = indices.ToArray();
        (Tensor input, Tensor mask) = _padding.Pad([.. chosen.Select(Neighbours)]);
        return new Batch(indices, ("context", input), (SequenceDataset.MaskName, mask), ("center", tensor(Array.ConvertAll(chosen, index => (long)_text[index]))));
    }

    private int[] Neighbours(long index)
    {
        int at = checked((int)index), first = Math.Max(0, at - _window), last = (int)Math.Min(_text.Length, (long)at + _window + 1);
        return [.. _text.AsSpan(first, at - first), .. _text.AsSpan(at + 1, last - at - 1)];
    }
}
