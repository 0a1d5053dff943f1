using Dlm.Runtime.Generation;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Generation;

/// <summary>Tokens are drawn from the softmax, sharpened and cut as asked.</summary>
public sealed class DrawnTests
{
    // The likeliest are not the first, and no two are the same.
    private static readonly double[] Logits = [0.3, -1.2, 2.1, 0.9, -0.4, 1.7, -2.5, 0.0];

    [Theory]
    [InlineData(1.0, null, 1.0)]
    [InlineData(0.5, null, 1.0)]
    [InlineData(2.0, null, 1.0)]
    [InlineData(1.0, 3, 1.0)]
    [InlineData(1.0, 1, 1.0)]
    [InlineData(1.0, 100, 1.0)]
    [InlineData(1.0, null, 0.7)]
    [InlineData(1.0, null, 0.01)]
    [InlineData(0.8, 5, 0.9)]
    public void TheDistributionIsTheSoftmaxOfWhatIsLeft(double temperature, int? topK, double topP)
    {
        using var scope = NewDisposeScope();
        var logits = stack([tensor(Logits), tensor(Logits.Reverse().ToArray())]);
        double[] actual = new Drawn(temperature, topK, topP).Distribution(logits).data<double>().ToArray();
        double[] expected = Expected(temperature, topK, topP);
        Assert.All([.. expected.Concat(expected.Reverse()).Zip(actual)], pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Theory]
    [InlineData(1.0, null, 1.0)]
    [InlineData(0.8, 5, 0.9)]
    public void DrawsFollowIt(double temperature, int? topK, double topP)
    {
        using var scope = NewDisposeScope();
        const int Draws = 20_000;
        manual_seed(11);
        long[] drawn = new Drawn(temperature, topK, topP).Choose(tensor(Logits).expand(Draws, Logits.Length)).data<long>().ToArray();
        double[] expected = Expected(temperature, topK, topP);
        for (int token = 0; token < Logits.Length; token++)
        {
            double share = drawn.Count(t => t == token) / (double)Draws;
            // Five standard deviations of such a share.
            Assert.Equal(expected[token], share, 5 * Math.Sqrt(expected[token] * (1 - expected[token]) / Draws));
        }
    }

    [Fact]
    public void OneSeedDrawsTheSame()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(Logits).expand(50, Logits.Length);
        long[] Draw(ulong seed) => new Drawn(generator: new Generator(seed)).Choose(logits).data<long>().ToArray();
        Assert.Equal(Draw(5), Draw(5));
        Assert.NotEqual(Draw(5), Draw(6));
    }

    [Fact]
    public void GreedyIsTheLikeliest()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([2L, 5L], new Greedy().Choose(stack([tensor(Logits), tensor(Logits.Reverse().ToArray())])).data<long>().ToArray());
    }

    [Theory]
    [InlineData(0.0, null, 1.0, "temperature")]
    [InlineData(1.0, 0, 1.0, "topK")]
    [InlineData(1.0, null, 0.0, "topP")]
    [InlineData(1.0, null, 1.5, "topP")]
    public void WhatCannotBeIsRefused(double temperature, int? topK, double topP, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new Drawn(temperature, topK, topP)).ParamName);

    private static double[] Expected(double temperature, int? topK, double topP)
    {
        var left = Logits.Select((logit, token) => (Weight: Math.Exp(logit / temperature), Token: token)).OrderByDescending(entry => entry.Weight)
            .Take(topK ?? Logits.Length).ToList();
        double sum = left.Sum(entry => entry.Weight);
        int count = 0;
        for (double reached = 0; count < left.Count && reached < topP; count++) reached += left[count].Weight / sum;
        left = left[..count];
        sum = left.Sum(entry => entry.Weight);
        double[] chances = new double[Logits.Length];
        foreach (var (weight, token) in left) chances[token] = weight / sum;
        return chances;
    }
}
