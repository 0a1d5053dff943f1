using static TorchSharp.torch;

namespace Dlm.Runtime.Data.Text;

/// <summary>
/// Each word of a text with each of its neighbours, to guess the neighbour (skip-gram; Mikolov et al., 2013). A batch holds "center", int64 [B],
/// the words, and "context", int64 [B], their neighbours.
/// </summary>
/// <remarks>As in word2vec, how far the neighbours of a word reach is drawn from 1 to the window, so that near ones come up more often.</remarks>
public sealed class SkipGrams : IDataset
{
    private readonly int[] _text;
    private readonly long[] _before; // how many pairs the words up to each one have, itself not included
    private readonly byte[] _reach;

    /// <summary>Pairs the words of a text; it is not copied.</summary>
    /// <param name="text">The numbers of the text.</param>
    /// <param name="window">How many neighbours count on each side, at most 255.</param>
    /// <param name="seed">The same seed draws the same reaches.</param>
    public SkipGrams(int[] text, int window, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, byte.MaxValue);
        (_text, _before, _reach) = (text, new long[text.Length + 1], new byte[text.Length]);
        RandomStream random = new(seed);
        for (int i = 0; i < text.Length; i++)
        {
            _reach[i] = (byte)(1 + random.NextInt64(window));
            _before[i + 1] = _before[i] + Left(i) + Math.Min(_reach[i], text.Length - 1 - i);
        }
    }

    /// <inheritdoc/>
    public long Count => _before[^1];

    /// <inheritdoc/>
    public string SampleNoun => "pairs";

    /// <inheritdoc/>
    public Batch Read(ReadOnlySpan<long> indices)
    {
        long[] words = new long[indices.Length], neighbours = new long[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            int at = Array.BinarySearch(_before, indices[i]);
            if (at < 0) at = ~at - 1;
            while (_before[at + 1] == indices[i]) at++; // a word without neighbours has no pair
            int offset = (int)(indices[i] - _before[at]) - Left(at);
            (words[i], neighbours[i]) = (_text[at], _text[at + (offset >= 0 ? offset + 1 : offset)]);
        }

        return new Batch(indices, ("center", tensor(words)), ("context", tensor(neighbours)));
    }

    private int Left(int at) => Math.Min(_reach[at], at);
}
