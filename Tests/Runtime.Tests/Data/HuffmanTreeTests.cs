using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Text;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Data;

public sealed class HuffmanTreeTests
{
    [Fact]
    public void A_small_tree_is_the_one_by_hand()
    {
        // 1 and 2 make 3, with 3 that makes 6, with 7 that makes 13.
        HuffmanTree tree = new([7, 1, 3, 2]);
        Assert.Equal(["1", "010", "00", "011"], Enumerable.Range(0, 4).Select(word => Code(tree, word)));
        Assert.Equal([2, 1, 0], tree.Points(1).ToArray());
        Assert.Equal([2], tree.Points(0).ToArray());
        Assert.Equal((4, 3, 3), (tree.Words, tree.Nodes, tree.Depth));
    }

    [Fact]
    public void Paths_are_as_short_as_can_be()
    {
        long[] counts = [.. Enumerable.Range(1, 500).Select(rank => 100_000L / rank)];
        HuffmanTree tree = new(counts);
        double sum = counts.Sum(), entropy = counts.Sum(count => -count / sum * Math.Log2(count / sum));
        double mean = counts.Select((count, word) => count / sum * tree.Codes(word).Length).Sum();
        Assert.InRange(mean, entropy, entropy + 0.1);

        // Kraft's sum of a full tree, in which no code begins another.
        Assert.Equal(1, counts.Select((_, word) => Math.Pow(2, -tree.Codes(word).Length)).Sum(), 1e-12);
        string[] codes = [.. counts.Select((_, word) => Code(tree, word)).Order(StringComparer.Ordinal)];
        Assert.All(codes.Zip(codes.Skip(1)), pair => Assert.False(pair.Second.StartsWith(pair.First, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_probabilities_of_all_words_make_one()
    {
        HuffmanTree tree = new([5, 0, 3, 3, 9, 1, 0]);
        double[] rights = [.. Enumerable.Range(0, tree.Nodes).Select(node => 0.1 + 0.12 * node)];
        double sum = 0;
        for (int word = 0; word < tree.Words; word++)
        {
            double chance = 1;
            for (int i = 0; i < tree.Points(word).Length; i++) chance *= tree.Codes(word)[i] ? rights[tree.Points(word)[i]] : 1 - rights[tree.Points(word)[i]];
            sum += chance;
        }

        Assert.Equal(1, sum, 1e-12);
    }

    [Fact]
    public void A_batch_gets_the_paths_of_its_words()
    {
        HierarchicalSoftmax paths = new(new HuffmanTree([7, 1, 3, 2]));
        using Batch batch = paths.Apply(new Batch([0, 1], ("center", tensor(new long[] { 3, 3 })), ("context", tensor(new long[] { 2, 0 }))), 0);
        Assert.Equal([2L, 2], batch["points"].shape);
        Assert.Equal([2L, 1, 2, 0], batch["points"].data<long>().ToArray());
        Assert.Equal([false, false, true, false], batch["codes"].data<bool>().ToArray());
        Assert.Equal([true, true, true, false], batch["path"].data<bool>().ToArray());
    }

    [Fact]
    public void What_is_no_tree_is_refused()
    {
        Assert.Contains("two words", Assert.Throws<ArgumentException>(() => new HuffmanTree([3])).Message, StringComparison.Ordinal);
        Assert.Contains("less than never", Assert.Throws<ArgumentException>(() => new HuffmanTree([3, -1])).Message, StringComparison.Ordinal);
    }

    private static string Code(HuffmanTree tree, int word) => string.Concat(tree.Codes(word).ToArray().Select(right => right ? '1' : '0'));
}
