using Dlm.Runtime.Generation;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Generation;

/// <summary>Beam search finds what trying everything finds where the beam is wide enough, and is greedy where it is one wide.</summary>
public sealed class BeamSearchTests
{
    [Theory]
    [InlineData(0.0, null)]
    [InlineData(0.0, TableLanguage.End)]
    [InlineData(0.8, TableLanguage.End)]
    [InlineData(2.0, TableLanguage.End)]
    public void AWideBeamFindsTheBest(double alpha, long? end)
    {
        using var scope = NewDisposeScope();
        using var decoder = TableLanguage.Decoder();
        const int Length = 4, Width = 300;
        var found = new BeamSearch(Width, alpha, end).Search(decoder, tensor(new long[] { 2, 0 }).unsqueeze(0), Length);
        var expected = TableLanguage.Texts([2, 0], Length, end)
            .Select(text => (text.Tokens, text.LogProbability, Score: text.LogProbability / Math.Pow((5 + text.Tokens.Length + (text.HasEnded ? 1 : 0)) / 6.0, alpha), text.HasEnded))
            .OrderByDescending(text => text.Score).Take(Width).ToArray();
        Assert.Equal(expected.Select(text => Shown(text.Tokens, text.HasEnded)), found.Select(text => Shown(text.Tokens, text.HasEnded)));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.LogProbability, pair.Second.LogProbability, 1e-9));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-9));
    }

    [Fact]
    public void ABeamOfOneIsGreedy()
    {
        using var scope = NewDisposeScope();
        using var decoder = TableLanguage.Decoder();
        var prompt = tensor(new long[] { 1 }).unsqueeze(0);
        var greedy = new TextGenerator(decoder).Generate(prompt, 9, new Greedy());
        Assert.Equal(greedy.data<long>().ToArray(), Assert.Single(new BeamSearch(1).Search(decoder, prompt, 9)).Tokens);
    }

    // Stopping early must not lose what a longer text would still have won.
    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(3.0)]
    public void StoppingEarlyLosesNothing(double alpha)
    {
        using var scope = NewDisposeScope();
        using var decoder = TableLanguage.Decoder();
        var prompt = tensor(new long[] { 2 }).unsqueeze(0);
        for (int width = 1; width <= 4; width++)
        {
            var search = new BeamSearch(width, alpha, TableLanguage.End);
            double best = search.Search(decoder, prompt, 8)[0].Score;
            // The same beams, looked at after each length.
            Assert.True(best >= Enumerable.Range(1, 8).Max(length => search.Search(decoder, prompt, length).Where(h => h.HasEnded).Select(h => h.Score).DefaultIfEmpty(double.NegativeInfinity).Max()) - 1e-9);
        }
    }

    [Fact]
    public void ItStopsWhereTheNetworkCanHoldNoMore()
    {
        using var scope = NewDisposeScope();
        using var decoder = TableLanguage.Decoder(capacity: 5);
        Assert.Equal(4, new BeamSearch(2).Search(decoder, tensor(new long[] { 0, 1 }).unsqueeze(0), 100)[0].Tokens.Count);
    }

    [Fact]
    public void SeveralTextsAreRefused()
    {
        using var scope = NewDisposeScope();
        using var decoder = TableLanguage.Decoder();
        Assert.Throws<ArgumentException>(() => new BeamSearch(2).Search(decoder, zeros(2, 3, ScalarType.Int64), 4));
    }

    private static string Shown(IEnumerable<long> tokens, bool hasEnded) => string.Join(" ", tokens) + (hasEnded ? "." : "");
}
