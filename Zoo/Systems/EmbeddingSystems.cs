namespace Dlm.Zoo.Systems;

internal static class EmbeddingSystems
{
    public static IReadOnlyList<ZooSystem> All { get; } =
    [
        new("word2vec", "Word2vec", "Embedding/Word2Vec.dlm", ["SkipGram K=6", "Cbow C=10 K=6"], ["word2vec"])
        {
            Paper = "Mikolov and others, *Efficient estimation of word representations in vector space*, 2013; *Distributed representations of words and phrases and their compositionality*, 2013",
            About = "Words that stand in like places come to lie close together: skip-gram and CBOW, with negative sampling or a tree.",
            Reference = "embedding.py SkipGram Cbow",
        },
    ];
}
