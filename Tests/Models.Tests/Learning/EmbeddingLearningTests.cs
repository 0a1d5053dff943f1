using Dlm.Models.Embedding;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Data.Transforms;
using Dlm.Runtime.Embeddings;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;

namespace Dlm.Models.Tests.Learning;

/// <summary>
/// Word2vec learns a language of three kinds of words, which follow each other by turns: which kind a word is of shows in nothing but its neighbours. Of the
/// five words that are most like a word all should be of its kind; by chance 29 % are.
/// </summary>
[Collection(Chance.Alone)]
public sealed class EmbeddingLearningTests
{
    private const int Kinds = 3, Members = 6;

    private static readonly Vocabulary Words = new([.. from member in Enumerable.Range(0, Members) from kind in Enumerable.Range(0, Kinds) select $"{"abc"[kind]}{member}"]);

    [Fact, Trait("system", "word2vec")]
    public void SkipGramFindsTheKinds()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        SkipGram net = new(Words.Count, width: 8);
        SkipGramSampling objective = new(net, new Adam(net, 0.02));
        Learn(new SkipGrams(Text(), 1, seed: 0), new NegativeSampling(Counts(), 5, seed: 0), batch => objective.Step(batch["center"], batch["context"], batch["negatives"]));
        AssertFindsTheKinds(net.get_parameter("input.weight")!);
    }

    [Fact, Trait("system", "word2vec")]
    public void SkipGramWithHierarchicalSoftmaxFindsTheKinds()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        SkipGram net = new(Words.Count, width: 8);
        SkipGramHierarchy objective = new(net, new Adam(net, 0.02));
        Learn(new SkipGrams(Text(), 1, seed: 0), new HierarchicalSoftmax(new HuffmanTree(Counts())), batch => objective.Step(batch["center"], batch["points"], batch["codes"], batch["path"]));
        AssertFindsTheKinds(net.get_parameter("input.weight")!);
    }

    [Fact, Trait("system", "word2vec")]
    public void CbowFindsTheKinds()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        Cbow net = new(Words.Count, width: 8);
        CbowSampling objective = new(net, new Adam(net, 0.02));
        Learn(new WordContexts(Text(), 1), new NegativeSampling(Counts(), 5, seed: 0) { Field = "center" }, batch => objective.Step(batch["context"], batch["center"], batch["negatives"], batch["mask"]));
        AssertFindsTheKinds(net.get_parameter("input.weight")!);
    }

    [Fact, Trait("system", "word2vec")]
    public void CbowWithHierarchicalSoftmaxFindsTheKinds()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        Cbow net = new(Words.Count, width: 8);
        CbowHierarchy objective = new(net, new Adam(net, 0.02));
        Learn(new WordContexts(Text(), 1), new HierarchicalSoftmax(new HuffmanTree(Counts())) { Field = "center" }, batch => objective.Step(batch["context"], batch["points"], batch["codes"], batch["path"], batch["mask"]));
        AssertFindsTheKinds(net.get_parameter("input.weight")!);
    }

    // a b c a b c ..., each any of its kind.
    private static int[] Text()
    {
        RandomStream random = new(5);
        return [.. Enumerable.Range(0, 3000).Select(place => (place % Kinds) + Kinds * (int)random.NextInt64(Members))];
    }

    private static long[] Counts() => FrequentWords.Count(Text(), Words.Count);

    private static void Learn(IDataset data, ITransform transform, Action<Batch> step)
    {
        ShuffledSampler sampler = new(data.Count, seed: 0);
        foreach (var indices in Enumerable.Range(0, 6).SelectMany(epoch => sampler.Order(epoch).Chunk(50)).Take(200))
        {
            using var inner = NewDisposeScope();
            step(transform.Apply(data.Read(indices), 0));
        }
    }

    private static void AssertFindsTheKinds(Tensor weight)
    {
        var vectors = WordVectors.Of(Words, weight);
        var found = vectors.Words.Average(word => vectors.MostSimilar(word, Members - 1).Count(near => near.Word[0] == word[0]) / (double)(Members - 1));
        Assert.True(found >= 0.95, $"{found:P0}");
    }
}
