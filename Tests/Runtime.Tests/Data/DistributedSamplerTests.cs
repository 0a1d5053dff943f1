using Dlm.Runtime.Data;

namespace Dlm.Runtime.Tests.Data;

public sealed class DistributedSamplerTests
{
    private static readonly PythonReference PyTorch = new("Data/reference/samplers.py");

    [Theory]
    [InlineData(12, 3, false)]
    [InlineData(12, 3, true)]
    [InlineData(11, 4, false)]
    [InlineData(11, 4, true)]
    [InlineData(10, 1, false)]
    [InlineData(2, 5, false)]
    [InlineData(7, 2, false)]
    [InlineData(7, 2, true)]
    public void Shares_are_those_of_PyTorch(int samples, int world, bool dropLast)
    {
        string name = $"{samples} {world} {(dropLast ? "drop" : "pad")}";
        for (int rank = 0; rank < world; rank++)
        {
            DistributedSampler sampler = new(new SequentialSampler(samples), rank, world, dropLast);

            long[] share = sampler.Order(0);

            Assert.Equal(PyTorch.Numbers(name, $"{rank}").Select(index => (long)index), share);
            Assert.Equal(sampler.Count, share.Length);
        }
    }

    [Fact]
    public Task The_reference_is_what_PyTorch_says_here() => PyTorch.RequireSame(0);

    [Fact]
    public void The_batches_of_all_processes_are_those_of_one_with_larger_batches()
    {
        CountingDataset data = new(24);
        ShuffledSampler Whole() => new(24, seed: 9);
        DataLoader[] ranks = [.. Enumerable.Range(0, 3).Select(rank => new DataLoader(data, 4, new DistributedSampler(Whole(), rank, 3)))];

        List<long[]> single = Batches(new DataLoader(data, 12, Whole()));
        List<long[]>[] shared = [.. ranks.Select(Batches)];

        for (int k = 0; k < single.Count; k++) Assert.Equal(single[k].Order(), shared.SelectMany(rank => rank[k]).Order());
    }

    [Fact]
    public void The_state_is_that_of_the_whole_order()
    {
        DistributedSampler first = new(new ShuffledSampler(100, seed: 5), 0, 2), second = new(new ShuffledSampler(100, seed: 6), 0, 2);

        second.State = first.State;

        Assert.Equal(first.Order(2), second.Order(2));
    }

    [Fact]
    public void What_cannot_be_shared_is_an_error()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DistributedSampler(new SequentialSampler(10), 2, 2));
        Assert.Throws<ArgumentException>(() => new DistributedSampler(new SequentialSampler(2), 0, 3, dropLast: true));
        Assert.Contains("multiple of 2", Assert.Throws<ArgumentException>(() => new DistributedSampler(new BucketSampler([1, 2, 3], 3, 0), 0, 2)).Message, StringComparison.Ordinal);
        Assert.Equal(2, new DistributedSampler(new BucketSampler([1, 2, 3, 4, 5], 4, 0), 0, 2).BatchSize);
    }

    private static List<long[]> Batches(DataLoader loader)
    {
        List<long[]> seen = [];
        foreach (Batch batch in loader.Epoch(1))
        {
            seen.Add(batch.Indices);
            batch.Dispose();
        }

        return seen;
    }
}
