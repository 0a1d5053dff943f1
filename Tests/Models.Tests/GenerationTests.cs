using Dlm.Models.Language;
using Dlm.Runtime.Generation;
using static TorchSharp.torch;

namespace Dlm.Models.Tests;

/// <summary>A model that writes with a cache of keys and values writes what it would without one.</summary>
public sealed class GenerationTests
{
    private const long Context = 32;

    [Theory]
    [InlineData(5, 1, 1, 1)]
    [InlineData(1, 7, 1, 4)]
    [InlineData(32)]
    public void TheCacheChangesNothing(params int[] counts)
    {
        using var scope = NewDisposeScope();
        using var model = Small();
        using IDecoder cached = Cached(model), rereading = Rereading(model);
        foreach (var (count, i) in counts.Select((count, i) => (count, i)))
        {
            var tokens = Fill.Integers($"tokens{i}", [3, count], 100);
            AssertNear(rereading.Read(tokens), cached.Read(tokens));
        }
        Assert.Equal(counts.Sum(), cached.Length);
    }

    [Fact]
    public void ChosenTextsGoOnAsTheyBegan()
    {
        using var scope = NewDisposeScope();
        using var model = Small();
        using IDecoder cached = Cached(model), rereading = Rereading(model);
        foreach (var decoder in new[] { cached, rereading })
        {
            decoder.Read(Fill.Integers("prompt", [3, 6], 100));
            decoder.Select(tensor(new long[] { 2, 0, 0, 1 }));
        }
        var next = Fill.Integers("next", [4, 2], 100);
        AssertNear(rereading.Read(next), cached.Read(next));
    }

    [Fact]
    public void GreedyTextIsTheSame()
    {
        using var scope = NewDisposeScope();
        using var model = Small();
        var prompt = Fill.Integers("prompt", [3, 6], 100);
        using IDecoder cached = Cached(model), rereading = Rereading(model);
        var written = new TextGenerator(cached).Generate(prompt, 20, new Greedy());
        Assert.Equal([3L, 20L], written.shape);
        Assert.Equal(new TextGenerator(rereading).Generate(prompt, 20, new Greedy()).data<long>().ToArray(), written.data<long>().ToArray());
    }

    [Fact]
    public void DrawnTextIsTheSame()
    {
        using var scope = NewDisposeScope();
        using var model = Small();
        using IDecoder cached = Cached(model), rereading = Rereading(model);
        long[] Write(IDecoder decoder)
        {
            using var generator = new Generator(3);
            var choice = new Drawn(temperature: 3, topK: 20, topP: 0.9, generator);
            return new TextGenerator(decoder).Generate(Fill.Integers("prompt", [3, 6], 100), 20, choice).data<long>().ToArray();
        }
        Assert.Equal(Write(rereading), Write(cached));
    }

    [Fact]
    public void BeamsAreTheSame()
    {
        using var scope = NewDisposeScope();
        using var model = Small();
        using IDecoder cached = Cached(model), rereading = Rereading(model);
        var search = new BeamSearch(width: 4, lengthPenalty: 0.6, end: 7);
        var prompt = Fill.Integers("prompt", [1, 6], 100);
        var (expected, actual) = (search.Search(rereading, prompt, 12), search.Search(cached, prompt, 12));
        Assert.Equal(4, actual.Count);
        Assert.Equal(expected.Select(h => string.Join(" ", h.Tokens)), actual.Select(h => string.Join(" ", h.Tokens)));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-3));
    }

    // The half that writes sees what the other one has read, and reads it once.
    [Fact]
    public void ATranslatorWritesTheSame()
    {
        using var scope = NewDisposeScope();
        using var encoder = new TranslatorEncoder(100, d: 64, heads: 4, layers: 2, hidden: 128, longest: 32);
        using var decoder = new TranslatorDecoder(100, d: 64, heads: 4, layers: 2, hidden: 128, longest: 32);
        Fill.Apply(encoder);
        Fill.Apply(decoder);
        encoder.eval();
        decoder.eval();
        var memory = encoder.call(Fill.Integers("source", [3, 9], 100));
        using var cached = new CachedDecoder((tokens, cache) => decoder.call(tokens, memory, null, cache), 32, layers: 2, heads: 4, width: 16);
        using var rereading = new RereadingDecoder(tokens => decoder.call(tokens, memory), 32);
        AssertNear(rereading.Read(Fill.Integers("target", [3, 4], 100)), cached.Read(Fill.Integers("target", [3, 4], 100)));
        AssertNear(rereading.Read(Fill.Integers("more", [3, 3], 100)), cached.Read(Fill.Integers("more", [3, 3], 100)));
        var begin = Fill.Integers("begin", [3, 1], 100);
        var written = new TextGenerator(cached, end: 7).Generate(begin, 25, new Greedy());
        Assert.Equal(new TextGenerator(rereading, end: 7).Generate(begin, 25, new Greedy()).data<long>().ToArray(), written.data<long>().ToArray());
    }

    // What flows on from token to token is all that a recurrent network needs of what it has read.
    [Theory, InlineData("lstm"), InlineData("gru")]
    public void ARecurrentNetworkWritesTheSame(string cell)
    {
        using var scope = NewDisposeScope();
        IDecoder remembering, rereading;
        if (cell == "lstm")
        {
            var model = new LstmLanguageModel(vocab: 100, hidden: 24);
            Fill.Apply(model);
            model.eval();
            (remembering, rereading) = (new RecurrentDecoder(model), new RereadingDecoder(tokens => model.call(tokens, null, null).logits));
        }
        else
        {
            var model = new GruLanguageModel(vocab: 100, hidden: 24);
            Fill.Apply(model);
            model.eval();
            (remembering, rereading) = (new RecurrentDecoder(model), new RereadingDecoder(tokens => model.call(tokens, null).logits));
        }
        using var first = remembering;
        using var second = rereading;
        AssertNear(second.Read(Fill.Integers("prompt", [3, 9], 100)), first.Read(Fill.Integers("prompt", [3, 9], 100)));
        AssertNear(second.Read(Fill.Integers("more", [3, 1], 100)), first.Read(Fill.Integers("more", [3, 1], 100)));
        Assert.Equal((10, 10), (first.Length, second.Length));
        var wrong = Assert.Throws<ArgumentException>(() => first.Read(Fill.Integers("others", [2, 1], 100)));
        Assert.StartsWith("There are 3 texts, but these tokens are of 2.", wrong.Message, StringComparison.Ordinal);
        var prompt = Fill.Integers("prompt", [1, 6], 100);
        var search = new BeamSearch(width: 4, lengthPenalty: 0.6, end: 7);
        Assert.Equal(search.Search(second, prompt, 12).Select(h => string.Join(" ", h.Tokens)), search.Search(first, prompt, 12).Select(h => string.Join(" ", h.Tokens)));
    }

    // Word by word, with what was read kept, they say what they say of the whole translation at once.
    [Theory, InlineData("seq2seq"), InlineData("bahdanau"), InlineData("luong_global"), InlineData("luong_local")]
    public void ARecurrentTranslatorWritesTheSame(string name)
    {
        using var scope = NewDisposeScope();
        using var translator = RecurrentTranslator.Make(name);
        Fill.Apply(translator.Network);
        translator.Network.eval();
        var (source, mask) = (Fill.Integers("source", [3, 9], 100), Fill.Present("read", [3, 9]));
        var target = Fill.Integers("target", [3, 6], 90);
        var logits = translator.Logits(source, mask, target);
        using IDecoder stepwise = translator.Decoder(source, mask), selected = translator.Decoder(source[0..1], mask[0..1]);
        for (var i = 0; i < 6; i++) AssertNear(logits[.., i], stepwise.Read(target[.., i..(i + 1)]));

        // The beams of one sentence change places.
        using RereadingDecoder rereading = new(words => translator.Logits(source[0..1].expand(words.shape[0], -1), mask[0..1].expand(words.shape[0], -1), words));
        var search = new BeamSearch(width: 3, end: 7);
        var begin = Fill.Integers("begin", [1, 1], 90);
        var (expected, actual) = (search.Search(rereading, begin, 8), search.Search(selected, begin, 8));
        Assert.Equal(expected.Select(h => string.Join(" ", h.Tokens)), actual.Select(h => string.Join(" ", h.Tokens)));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-3));
    }

    [Fact]
    public void NoTranslatorSeesPadding()
    {
        using var scope = NewDisposeScope();
        using var encoder = new TranslatorEncoder(100, d: 64, heads: 4, layers: 2, hidden: 128, longest: 32);
        using var decoder = new TranslatorDecoder(100, d: 64, heads: 4, layers: 2, hidden: 128, longest: 32);
        Fill.Apply(encoder);
        Fill.Apply(decoder);
        encoder.eval();
        decoder.eval();
        var (source, target) = (Fill.Integers("source", [1, 9], 100), Fill.Integers("target", [1, 4], 100));
        var mask = (arange(9) < 6).unsqueeze(0);
        var alone = decoder.call(target, encoder.call(source[.., ..6]));
        AssertNear(alone, decoder.call(target, encoder.call(source, mask), mask, null));
        Assert.NotEqual(0, (alone - decoder.call(target, encoder.call(source))).abs().max().item<float>(), 1e-2);
        var memory = encoder.call(source, mask);
        using CachedDecoder cached = new((tokens, cache) => decoder.call(tokens, memory, mask, cache), 32, layers: 2, heads: 4, width: 16);
        AssertNear(alone[.., 3], cached.Read(target));
    }

    [Fact]
    public void WhatDoesNotFitIsSaid()
    {
        using var scope = NewDisposeScope();
        using var model = Small();
        using var cached = Cached(model);
        cached.Read(Fill.Integers("prompt", [1, 30], 100));
        var thrown = Assert.Throws<InvalidOperationException>(() => cached.Read(Fill.Integers("more", [1, 3], 100)));
        Assert.Equal("The text would be 33 tokens long; there is room for 32.", thrown.Message);
    }

    [Fact]
    public void ACacheOfAnotherShapeIsRefused()
    {
        using var scope = NewDisposeScope();
        using var model = Small();
        var ids = Fill.Integers("prompt", [1, 3], 100);
        var narrow = Assert.Throws<ArgumentException>(() => model.call(ids, zeros(2, 2, 1, 4).reshape(2, 2, 1, 4, 1, 1)));
        Assert.Contains("cache", narrow.Message, StringComparison.Ordinal);
        var full = Assert.Throws<ArgumentException>(() => model.call(ids, zeros([2, 2, 1, 4, 2, 16])));
        Assert.Contains("room for the keys", full.Message, StringComparison.Ordinal);
    }

    private static Gpt2 Small()
    {
        var model = new Gpt2(vocab: 100, context: Context, d: 64, layers: 2, heads: 4);
        Fill.Apply(model);
        model.eval();
        return model;
    }

    private static CachedDecoder Cached(Gpt2 model) => new(model, Context, layers: 2, heads: 4, width: 16);

    private static RereadingDecoder Rereading(Gpt2 model) => new(tokens => model.call(tokens), Context);

    private static void AssertNear(Tensor expected, Tensor actual)
    {
        var away = (expected - actual).norm().item<float>() / expected.norm().item<float>();
        Assert.True(away < 1e-5, $"{away:E2} of the norm away");
    }
}
