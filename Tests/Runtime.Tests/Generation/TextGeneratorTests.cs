using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Generation;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Generation;

/// <summary>Texts go on until they end, all of them or each by itself.</summary>
public sealed class TextGeneratorTests
{
    // Greedily 0 -> 1 -> 0 and 2 -> 3, which is the end, -> 2.
    [Fact]
    public void BehindItsEndATextHasOnlyEnds()
    {
        using var scope = NewDisposeScope();
        using var decoder = TableLanguage.Decoder();
        var written = new TextGenerator(decoder, TableLanguage.End).Generate(tensor(new long[] { 0, 2 }).unsqueeze(1), 4, new Greedy());
        Assert.Equal([1L, 0L, 1L, 0L, 3L, 3L, 3L, 3L], written.data<long>().ToArray());
    }

    [Fact]
    public void ItStopsWhereAllHaveEnded()
    {
        using var scope = NewDisposeScope();
        using var decoder = TableLanguage.Decoder();
        var seen = new List<long>();
        var written = new TextGenerator(decoder, TableLanguage.End).Generate(tensor(new long[] { 2, 2 }).unsqueeze(1), 100, new Greedy(), token => seen.Add(token.shape[0]));
        Assert.Equal([2L, 1L], written.shape);
        Assert.Equal([2L], seen);
    }

    [Fact]
    public void ItStopsWhereTheNetworkCanHoldNoMore()
    {
        using var scope = NewDisposeScope();
        using var decoder = TableLanguage.Decoder(capacity: 5);
        // The last one is written and not read.
        Assert.Equal([1L, 4L], new TextGenerator(decoder).Generate(tensor(new long[] { 0, 1 }).unsqueeze(0), 100, new Greedy()).shape);
    }

    [Fact]
    public void ASecondTextKnowsNothingOfTheFirst()
    {
        using var scope = NewDisposeScope();
        using var decoder = TableLanguage.Decoder();
        var generator = new TextGenerator(decoder);
        long[] Write() => generator.Generate(tensor(new long[] { 0 }).unsqueeze(0), 5, new Greedy()).data<long>().ToArray();
        Assert.Equal(Write(), Write());
        Assert.Equal(5, decoder.Length);
    }

    // A network for which each letter is followed by the next one.
    [Fact]
    public void TextGoesOn()
    {
        using var scope = NewDisposeScope();
        var tokenizer = CharacterTokenizer.Train("abcdefg");
        long end = tokenizer.Encode("f")[0];
        using var decoder = new RereadingDecoder(tokens => nn.functional.one_hot(tokens + 1, 100).to_type(ScalarType.Float32));
        Assert.Equal("cde", new TextGenerator(decoder).Write("ab", tokenizer, 3, new Greedy()));
        Assert.Equal("cde", new TextGenerator(decoder, end).Write("ab", tokenizer, 100, new Greedy()));
        Assert.Throws<ArgumentException>(() => new TextGenerator(decoder).Write("", tokenizer, 3, new Greedy()));
    }

    [Fact]
    public void NothingIsLeftBehind()
    {
        using var decoder = TableLanguage.Decoder();
        using (NewDisposeScope())
        {
            new TextGenerator(decoder).Generate(tensor(new long[] { 0 }).unsqueeze(0), 5, new Drawn(topP: 0.9));
            decoder.Reset();
        }
        long before = LiveTensors.Count();
        using (NewDisposeScope())
        {
            new TextGenerator(decoder).Generate(tensor(new long[] { 0 }).unsqueeze(0), 50, new Drawn(topP: 0.9));
            new BeamSearch(3).Search(decoder, tensor(new long[] { 0 }).unsqueeze(0), 20);
            decoder.Reset();
        }
        Assert.Equal(before, LiveTensors.Count());
    }
}
