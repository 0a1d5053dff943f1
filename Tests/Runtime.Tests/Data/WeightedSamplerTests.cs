using Dlm.Runtime.Data;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Data;

public sealed class WeightedSamplerTests
{
    private static readonly double[] Weights = [0, 3, 1, 0, 2, 4, 0];

    [Fact]
    public void With_replacement_each_comes_up_as_often_as_it_weighs()
    {
        const int Draws = 100_000;
        long[] order = new WeightedSampler(Weights, Draws, seed: 1).Order(0);

        for (int i = 0; i < Weights.Length; i++) AssertShare(Weights[i] / 10, order.Count(index => index == i), Draws);
    }

    [Fact]
    public void Without_replacement_pairs_are_as_likely_as_drawn_one_after_the_other()
    {
        const int Draws = 20_000;
        WeightedSampler sampler = new(Weights, 2, seed: 2, replacement: false);
        Dictionary<(long, long), int> pairs = Enumerable.Range(0, Draws).Select(epoch => sampler.Order(epoch)).CountBy(pair => (pair[0], pair[1])).ToDictionary();

        Assert.Equal(12, pairs.Count);
        foreach (((long first, long second), int count) in pairs) AssertShare(Weights[first] / 10 * Weights[second] / (10 - Weights[first]), count, Draws);
    }

    [Fact]
    public void Torch_draws_by_the_same_law()
    {
        const int Draws = 40_000;
        using var scope = NewDisposeScope();
        manual_seed(3);
        long[] torch = tensor(Weights).multinomial(Draws, replacement: true).data<long>().ToArray();
        long[] pairs = tensor(Weights).unsqueeze(0).expand([Draws, -1]).contiguous().multinomial(2).flatten().data<long>().ToArray();

        for (int i = 0; i < Weights.Length; i++) AssertShare(Weights[i] / 10, torch.Count(index => index == i), Draws);
        AssertShare(0.4 * 0.3 / 0.6, pairs.Chunk(2).Count(pair => pair is [5, 1]), Draws);
    }

    [Fact]
    public void Without_replacement_all_that_weigh_anything_can_be_drawn() =>
        Assert.Equal([1, 2, 4, 5], new WeightedSampler(Weights, 4, seed: 3, replacement: false).Order(0).Order());

    [Fact]
    public void Seed_and_epoch_decide()
    {
        WeightedSampler first = new(Weights, 50, seed: 4), second = new(Weights, 50, seed: 5);
        Assert.NotEqual(first.Order(1), second.Order(1));
        Assert.NotEqual(first.Order(0), first.Order(1));

        second.State = first.State;

        Assert.Equal(first.Order(1), second.Order(1));
    }

    [Fact]
    public void Balanced_draws_rare_classes_as_often_as_common_ones()
    {
        int[] classes = [.. Enumerable.Repeat(0, 9_900), .. Enumerable.Repeat(1, 100)];

        long[] order = WeightedSampler.Balanced(classes, seed: 6).Order(0);

        AssertShare(0.5, order.Count(index => classes[index] == 1), order.Length);
    }

    [Theory]
    [InlineData(new[] { 1.0, -1.0 }, 1, true, "The weight of sample 1 is -1")]
    [InlineData(new[] { 1.0, double.NaN }, 1, true, "The weight of sample 1 is NaN")]
    [InlineData(new[] { 0.0, 0.0 }, 1, true, "no sample can be drawn")]
    [InlineData(new[] { 1.0, 0.0 }, 2, false, "only 1 have a weight above 0")]
    public void Weights_that_allow_no_draw_are_an_error(double[] weights, int count, bool replacement, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => new WeightedSampler(weights, count, 0, replacement)).Message, StringComparison.Ordinal);

    // Within four and a half deviations: one draw in a hundred thousand would lie outside, and the seeds are fixed.
    private static void AssertShare(double expected, int count, int draws) =>
        Assert.InRange(Math.Abs(count - expected * draws), 0, 4.5 * Math.Sqrt(draws * expected * (1 - expected)));
}
