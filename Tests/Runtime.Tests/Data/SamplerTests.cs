using Dlm.Runtime.Data;

namespace Dlm.Runtime.Tests.Data;

public sealed class SamplerTests
{
    [Fact]
    public void Sequential_visits_from_first_to_last() => Assert.Equal([0, 1, 2, 3], new SequentialSampler(4).Order(7));

    [Fact]
    public void Shuffled_visits_each_once_and_differently_each_epoch()
    {
        ShuffledSampler sampler = new(1000, seed: 5);

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), sampler.Order(0).Order());
        Assert.NotEqual(sampler.Order(0), sampler.Order(1));
        Assert.NotEqual(sampler.Order(0), new ShuffledSampler(1000, seed: 6).Order(0));
    }

    [Fact]
    public void The_state_alone_decides_the_order()
    {
        ShuffledSampler first = new(100, seed: ulong.MaxValue), second = new(100, seed: 1);

        second.State = first.State;

        Assert.Equal(first.Order(3), second.Order(3));
    }

    [Fact]
    public void Every_order_of_three_is_equally_likely()
    {
        int[] counts = new int[27];
        for (int epoch = 0; epoch < 6000; epoch++)
        {
            long[] order = new ShuffledSampler(3, seed: 1).Order(epoch);
            counts[9 * order[0] + 3 * order[1] + order[2]]++;
        }

        Assert.Equal(6, counts.Count(count => count > 0));
        Assert.All(counts.Where(count => count > 0), count => Assert.InRange(count, 900, 1100));
    }
}
