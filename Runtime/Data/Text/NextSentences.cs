namespace Dlm.Runtime.Data.Text;

/// <summary>
/// Pairs of sentences of which half follow one another and half do not, as BERT learns from (Devlin et al., 2018). A batch holds "words", int64 [B, T], START first SEP
/// second SEP; "segment", int64 [B, T], 0 in the first and 1 in the second; "mask", bool [B, T]; and "unrelated", int64 [B], 0 where the second follows the first and 1
/// where it comes from elsewhere, though not from the beginning of a text, which would tell. <see cref="MaskedWords"/> adds what is to be guessed: <c>new MaskedWords(seed, vocabulary) { Field = "words", Target = "targets" }</c>.
/// </summary>
public sealed class NextSentences : SentencePairDataset
{
    private readonly (int Begin, int End)[] _documents; // of each sentence, the stretch that its document is
    private readonly int[] _followers; // the sentences that stand behind another one

    /// <summary>Encodes all sentences.</summary>
    /// <param name="documents">Documents, each its sentences in order.</param>
    /// <param name="tokenizer">Makes numbers of them.</param>
    /// <param name="longest">How many numbers a pair has at most, START and SEP included.</param>
    /// <param name="seed">The same seed chooses the same pairs.</param>
    /// <exception cref="ArgumentException">There are fewer than two documents, or none has two sentences.</exception>
    public NextSentences(IReadOnlyList<IReadOnlyList<string>> documents, ITokenizer tokenizer, int longest, ulong seed)
        : base(documents, tokenizer, longest, seed, "unrelated")
    {
        if (documents.Count(document => document.Count > 0) < 2) throw new ArgumentException("At least two documents are needed: a sentence that does not follow comes from another one.", nameof(documents));
        _documents = new (int, int)[SentenceCount];
        List<int> followers = [];
        int begin = 0;
        foreach (IReadOnlyList<string> document in documents)
        {
            Array.Fill(_documents, (begin, begin + document.Count), begin, document.Count);
            followers.AddRange(Enumerable.Range(begin + 1, Math.Max(0, document.Count - 1)));
            begin += document.Count;
        }

        _followers = [.. followers];
    }

    private protected override (int First, int Second, long Class) Choose(int first, RandomStream random)
    {
        if (random.NextDouble() >= 0.5) return (first, first + 1, 0);

        // One that follows another elsewhere: the first sentence of a document would be known as such, whatever stands before it. Where no other
        // document has a second sentence, any will do. Those of this document are left out, as if they were taken out of the row.
        (int begin, int end) = _documents[first];
        int own = end - begin - 1;
        if (_followers.Length > own)
        {
            int at = (int)random.NextInt64(_followers.Length - own);
            return (first, _followers[_followers[at] > begin ? at + own : at], 1);
        }

        int second = (int)random.NextInt64(SentenceCount - (end - begin));
        return (first, second >= begin ? second + end - begin : second, 1);
    }
}
