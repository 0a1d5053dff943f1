using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Metrics;

namespace Dlm.Samples.Language;

/// <summary>German captions of pictures and their English translations (Elliott et al., 2016), in small letters and by words.</summary>
/// <param name="Training">To learn from.</param>
/// <param name="Validation">To look at in between.</param>
/// <param name="Test">To test with: the captions of 2016.</param>
/// <param name="German">A number for each German word that comes up often enough.</param>
/// <param name="English">And for each English one.</param>
internal sealed record Multi30k((string Source, string Target)[] Training, (string Source, string Target)[] Validation, (string Source, string Target)[] Test, WordTokenizer German, WordTokenizer English)
{
    /// <summary>What <c>--data</c> names.</summary>
    public const string Option = "A folder with Multi30k's files train.de.gz, train.en.gz and so on, or one with a folder multi30k that has them. Without it: DLM_DATA.";

    /// <summary>The longest sentence that is kept whole.</summary>
    public const int Longest = 48;

    // Knows every word of the references.
    private readonly WordTokenizer _all = WordTokenizer.Train(Test.Select(pair => pair.Target));

    public static Multi30k Load(string? folder, int vocabulary)
    {
        string found = DataFolder.Require(folder, "multi30k", "Download Multi30k, task 1, tokenized or raw (github.com/multi30k/dataset).");
        (string Source, string Target)[] Read(string part) => SentencePairs.Load(Path.Combine(found, part + ".de.gz"), Path.Combine(found, part + ".en.gz"));
        (string Source, string Target)[] training = Read("train");
        return new Multi30k(
            training, Read("val"), Read("test_2016_flickr"), WordTokenizer.Train(training.Select(pair => pair.Source), vocabulary, least: 2), WordTokenizer.Train(training.Select(pair => pair.Target), vocabulary, least: 2));
    }

    /// <summary>Batches of sentences that are about equally long.</summary>
    public DataLoader Batches(int batch, ulong seed)
    {
        TranslationDataset data = Of(Training);
        return new DataLoader(data, batch, new BucketSampler(data.Lengths, batch, seed));
    }

    /// <summary>Some pairs as numbers.</summary>
    public TranslationDataset Of((string Source, string Target)[] pairs) => new(pairs, German, English, Longest);

    /// <summary>What who knows how often each English word comes up is perplexed by at those of the test.</summary>
    public double UnigramPerplexity()
    {
        int[] Words((string Source, string Target)[] pairs) => [.. pairs.SelectMany(pair => (int[])[.. English.Encode(pair.Target), English.Vocabulary.Separator])];
        int[] learnt = Words(Training);
        long[] counts = FrequentWords.Count(learnt, English.Vocabulary.Count);
        return Math.Exp(Words(Test).Average(word => -Math.Log((counts[word] + 1.0) / (learnt.Length + counts.Length))));
    }

    /// <summary>The BLEU of translations of the test, against references in small letters whose words are all known.</summary>
    public double Score(string[] written)
    {
        Bleu bleu = new();
        foreach (var (translation, pair) in written.Zip(Test)) bleu.Add(translation.Split(' '), [[.. _all.Encode(pair.Target).Select(word => _all.Vocabulary[word])]]);
        return bleu.Score;
    }
}
