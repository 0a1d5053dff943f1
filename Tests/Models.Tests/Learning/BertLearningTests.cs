using Dlm.Models.Language;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;

namespace Dlm.Models.Tests.Learning;

/// <summary>
/// BERT and its kin on a language made by a rule. A document has one of six themes, of four words each; its first sentence goes through them upwards, its second
/// downwards. So a masked word follows from the others and its place, where its theme alone would leave four, and nothing twenty-four.
/// </summary>
[Collection(Chance.Alone)]
public sealed class BertLearningTests
{
    private const int Themes = 6, ThemeWords = 4, BatchSize = 32;
    private const double Share = 0.25, Std = 0.15; // about 1 / sqrt(32)

    private static readonly WordTokenizer Tokenizer = new(new Vocabulary([.. Reserved.All, .. Enumerable.Range(0, Themes * ThemeWords).Select(word => $"w{word}")]));

    private static int Vocabulary => Tokenizer.Vocabulary.Count;

    [Fact, Trait("system", "bert")]
    public void BertGuessesMaskedWordsAndWhetherSentencesFollow()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        BertForPreTraining net = new(Vocabulary, d: 32, layers: 2, heads: 2, context: 16, dropout: 0, std: Std);
        BertPreTraining objective = new(net, new AdamW(net, 5e-3));
        Train(new NextSentences(Documents(1), Tokenizer, 16, 1), batch => objective.Step(batch["words"], batch["segment"], batch["mask"], batch["targets"], batch["unrelated"]));
        var unseen = Unseen(new NextSentences(Documents(2), Tokenizer, 16, 2));
        var said = objective.Judge(unseen["words"], unseen["segment"], unseen["mask"], unseen["targets"], unseen["unrelated"]);
        AssertAbove(0.8, said.WordAccuracy);
        AssertAbove(0.8, said.NextAccuracy); // one in six unrelated sentences has the same theme
    }

    [Fact, Trait("system", "albert")]
    public void AlbertGuessesMaskedWordsAndTheOrderOfSentences()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        AlbertForPreTraining net = new(Vocabulary, d: 32, layers: 2, heads: 2, width: 16, context: 16, std: Std);
        AlbertPreTraining objective = new(net, new AdamW(net, 5e-3));
        Train(new SentenceOrder(Documents(1), Tokenizer, 16, 1), batch => objective.Step(batch["words"], batch["segment"], batch["mask"], batch["targets"], batch["swapped"]));
        var unseen = Unseen(new SentenceOrder(Documents(2), Tokenizer, 16, 2));
        var said = objective.Judge(unseen["words"], unseen["segment"], unseen["mask"], unseen["targets"], unseen["swapped"]);
        AssertAbove(0.8, said.WordAccuracy);
        AssertAbove(0.8, said.OrderAccuracy);
    }

    [Fact, Trait("system", "roberta")]
    public void RobertaGuessesMaskedWords()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        RobertaForMaskedLM net = new(Vocabulary, d: 32, layers: 2, heads: 2, context: 18, dropout: 0, std: Std);
        RobertaPreTraining objective = new(net, new AdamW(net, 5e-3));
        Train(new SentenceDataset(Sentences(1), Tokenizer), batch => objective.Step(batch["words"], batch["mask"], batch["targets"]));
        var unseen = Unseen(new SentenceDataset(Sentences(2), Tokenizer));
        AssertAbove(0.8, objective.Judge(unseen["words"], unseen["mask"], unseen["targets"]).WordAccuracy);
    }

    /// <summary>One word of a document says what it is about; attention finds it.</summary>
    [Fact, Trait("system", "hierarchical-attention")]
    public void HierarchicalAttentionFindsTheWordThatDecides()
    {
        const int classes = 4, filler = 30, count = 256;
        using var scope = NewDisposeScope();
        manual_seed(0);
        HierarchicalAttention net = new(classes, classes + filler, width: 16, hidden: 8);
        DocumentClassification objective = new(net, new Adam(net, 0.01));
        for (var step = 0; step < 160; step++)
        {
            using var inner = NewDisposeScope();
            var (words, mask, label, _) = Documents(32);
            objective.Step(words, mask, label);
        }

        var (unseen, there, about, place) = Documents(count);
        AssertAbove(0.95, objective.Judge(unseen, there, about).Accuracy);
        net.eval();
        var (_, wordWeights, sentenceWeights) = net.call(unseen, there);
        AssertAbove(0.8, ((wordWeights * sentenceWeights.unsqueeze(2)).flatten(1).argmax(1) == place).to(float32).mean());

        // Four sentences of six places, fewer where the mask says so; the words below the count of classes decide, and each document has one.
        static (Tensor Words, Tensor Mask, Tensor Label, Tensor Place) Documents(int count)
        {
            var sentences = randint(1, 5, [count, 1]);
            var lengths = randint(1, 7, [count, 4, 1]);
            var mask = (arange(4).unsqueeze(0) < sentences).unsqueeze(2) & (arange(6) < lengths);
            var place = (rand(count, 4, 6) * mask.to(float32)).flatten(1).argmax(1);
            var label = randint(0, classes, count);
            var words = randint(classes, classes + filler, [count, 24]).scatter(1, place.unsqueeze(1), label.unsqueeze(1)).reshape(count, 4, 6);
            return (words, mask, label, place);
        }
    }

    private static void Train(IDataset data, Action<Batch> step)
    {
        DataLoader loader = new(data, BatchSize, new ShuffledSampler(data.Count, 1), workers: 0, transform: new MaskedWords(1, Tokenizer.Vocabulary, Share) { Field = "words", Target = "targets" });
        for (var epoch = 0; epoch < 8; epoch++)
        {
            foreach (var batch in loader.Epoch(epoch))
            {
                using (batch)
                {
                    using var scope = NewDisposeScope();
                    step(batch);
                }
            }
        }
    }

    private static Batch Unseen(IDataset data) =>
        new MaskedWords(2, Tokenizer.Vocabulary, Share) { Field = "words", Target = "targets" }.Apply(data.Read([.. Enumerable.Range(0, 256).Select(i => (long)i)]), 0);

    private static string[][] Documents(ulong seed) => [.. Sentences(seed).Chunk(2)];

    private static string[] Sentences(ulong seed)
    {
        RandomStream random = new(seed);
        return [.. Enumerable.Range(0, 1200).SelectMany(_ =>
        {
            var theme = random.NextInt64(Themes);
            var words = Enumerable.Range(0, ThemeWords).Select(word => $"w{ThemeWords * theme + word}").ToArray();
            return new[] { string.Join(' ', words), string.Join(' ', words.Reverse()) };
        })];
    }

    private static void AssertAbove(double least, Tensor share) => Assert.True(share.item<float>() > least, $"{share.item<float>():0.000} is not above {least}");
}
