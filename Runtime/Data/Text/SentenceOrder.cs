namespace Dlm.Runtime.Data.Text;

/// <summary>
/// Sentences that follow one another, half of the pairs the other way round, as ALBERT learns from (Lan et al., 2019, section 3.1): what they are about is the same,
/// so that only their coherence tells. A batch holds "words", "segment" and "mask" as <see cref="NextSentences"/> has them, and "swapped", int64 [B], 0 where they
/// stand in their order and 1 where they do not.
/// </summary>
/// <param name="documents">Documents, each its sentences in order.</param>
/// <param name="tokenizer">Makes numbers of them.</param>
/// <param name="longest">How many numbers a pair has at most, START and SEP included.</param>
/// <param name="seed">The same seed swaps the same pairs.</param>
/// <exception cref="ArgumentException">No document has two sentences.</exception>
public sealed class SentenceOrder(IReadOnlyList<IReadOnlyList<string>> documents, ITokenizer tokenizer, int longest, ulong seed)
    : SentencePairDataset(documents, tokenizer, longest, seed, "swapped")
{
    private protected override (int First, int Second, long Class) Choose(int first, RandomStream random) =>
        random.NextDouble() < 0.5 ? (first + 1, first, 1) : (first, first + 1, 0);
}
