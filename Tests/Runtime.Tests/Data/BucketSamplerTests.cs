using Dlm.Runtime.Data;

namespace Dlm.Runtime.Tests.Data;

public sealed class BucketSamplerTests
{
    private const int Batch = 32;
    private static readonly int[] Lengths = [.. Lengthen(5_003)];

    [Fact]
    public void Visits_each_once_and_differently_each_epoch()
    {
        BucketSampler sampler = new(Lengths, Batch, seed: 1);

        Assert.Equal(Enumerable.Range(0, Lengths.Length).Select(i => (long)i), sampler.Order(0).Order());
        Assert.NotEqual(sampler.Order(0), sampler.Order(1));
        Assert.Equal(sampler.Order(1), new BucketSampler(Lengths, Batch, seed: 1).Order(1));
    }

    [Fact]
    public void A_batch_is_hardly_padded()
    {
        double shuffled = Padded(new ShuffledSampler(Lengths.Length, seed: 1)), bucketed = Padded(new BucketSampler(Lengths, Batch, seed: 1));

        Assert.InRange(shuffled, 0.4, 0.6);
        Assert.InRange(bucketed, 0, 0.03);
    }

    [Fact]
    public void Short_and_long_batches_are_mixed()
    {
        long[] order = new BucketSampler(Lengths, Batch, seed: 1).Order(0);
        double[] means = [.. order.Chunk(Batch).Where(batch => batch.Length == Batch).Select(batch => batch.Average(index => Lengths[index]))];

        // Sorted, neighbours would differ by less than one; at random they differ by a third of the range.
        Assert.InRange(means.Zip(means.Skip(1), (a, b) => Math.Abs(a - b)).Average(), 20, 50);
    }

    [Fact]
    public void What_does_not_fill_a_batch_comes_last_and_is_of_any_length()
    {
        long[] last = [.. Enumerable.Range(0, 20).SelectMany(epoch => new BucketSampler(Lengths, Batch, seed: 1).Order(epoch).Chunk(Batch).Last())];

        Assert.Equal(20 * (Lengths.Length % Batch), last.Length);
        Assert.InRange(last.Average(index => Lengths[index]), 40, 60);
    }

    [Fact]
    public void A_loader_with_batches_of_another_size_is_an_error()
    {
        BucketSampler sampler = new(Lengths, Batch, seed: 1);

        ArgumentException error = Assert.Throws<ArgumentException>(() => new DataLoader(new CountingDataset(Lengths.Length), 64, sampler));

        Assert.Contains("batches of 32, and the loader cuts batches of 64", error.Message, StringComparison.Ordinal);
    }

    private static double Padded(ISampler sampler)
    {
        int[][] batches = [.. sampler.Order(0).Chunk(Batch).Select(batch => batch.Select(index => Lengths[index]).ToArray())];
        return 1 - batches.Sum(batch => batch.Sum()) / (double)batches.Sum(batch => batch.Length * batch.Max());
    }

    private static IEnumerable<int> Lengthen(int count)
    {
        RandomStream random = new(7);
        for (int i = 0; i < count; i++) yield return 1 + (int)random.NextInt64(100);
    }
}
