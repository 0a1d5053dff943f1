using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Sequences;
using Dlm.Runtime.Data.Text;
using static TorchSharp.torch;

namespace Dlm.Samples.Language;

/// <summary>
/// Some sentences of one class make a document of that class. A batch holds "words", int64 [B, S, T]; "mask", bool [B, S, T], true where there is a word; and "label",
/// int64 [B].
/// </summary>
internal sealed class ReviewDocuments : IDataset
{
    private readonly (int[][] Sentences, int Label)[] _documents;
    private readonly int _sentences;

    /// <param name="reviews">The sentences.</param>
    /// <param name="tokenizer">Makes numbers of their words.</param>
    /// <param name="sentences">How many make a document.</param>
    /// <param name="times">How often each sentence is in a document, each time with others.</param>
    /// <param name="seed">The same seed makes the same documents.</param>
    public ReviewDocuments(LabelledText[] reviews, ITokenizer tokenizer, int sentences, int times, ulong seed)
    {
        _sentences = sentences;
        var encoded = reviews.Select(review => (Numbers: tokenizer.Encode(review.Text), review.Label)).Where(review => review.Numbers.Length > 0).ToArray();
        List<(int[][], int)> documents = [];
        for (int time = 0; time < times; time++)
        {
            new RandomStream(seed, (ulong)time).Shuffle(encoded.AsSpan());
            foreach (var label in encoded.GroupBy(review => review.Label))
            {
                documents.AddRange(label.Select(review => review.Numbers).Chunk(sentences).Where(chunk => chunk.Length == sentences).Select(chunk => (chunk, label.Key)));
            }
        }

        _documents = [.. documents];
    }

    public long Count => _documents.Length;

    /// <summary>A document.</summary>
    public (int[][] Sentences, int Label) this[int index] => _documents[index];

    /// <summary>The share of good ones.</summary>
    public double Good => _documents.Average(document => document.Label);

    public string SampleNoun => "documents";

    public Batch Read(ReadOnlySpan<long> indices)
    {
        var chosen = Array.ConvertAll(indices.ToArray(), index => _documents[index]);
        (Tensor words, Tensor mask) = new Padding().Pad([.. chosen.SelectMany(document => document.Sentences)]);
        return new Batch(
            indices, ("words", words.reshape(chosen.Length, _sentences, -1)), ("mask", mask.reshape(chosen.Length, _sentences, -1)), ("label", tensor(Array.ConvertAll(chosen, document => (long)document.Label))));
    }
}
