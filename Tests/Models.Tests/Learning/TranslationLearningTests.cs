using Dlm.Models.Language;
using Dlm.Runtime.Generation;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;

namespace Dlm.Models.Tests.Learning;

/// <summary>Translators learn to write what they read from its end to its beginning, or as it is. Of five of ten digits chance hits one row in a hundred thousand.</summary>
[Collection(Chance.Alone)]
public sealed class TranslationLearningTests
{
    private const int Digits = 10, Begin = Digits, Vocabulary = Digits + 1;

    [Fact, Trait("system", "seq2seq")]
    public void Seq2SeqReverses()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        Seq2Seq net = new(Vocabulary, Vocabulary, width: 32, hidden: 96, layers: 1);
        Seq2SeqTranslation objective = new(net, new Adam(net, 0.01));
        Learn(350, 4, reverse: true, (source, _, shifted, target) => objective.Step(source, shifted, target));
        Assert.InRange(Exact(RecurrentTranslator.Of(net), 4, reverse: true), 0.9, 1);
    }

    [Fact, Trait("system", "bahdanau")]
    public void BahdanauReverses()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        Bahdanau net = new(Vocabulary, Vocabulary, width: 16, hidden: 32, maxout: 16);
        BahdanauTranslation objective = new(net, new Adam(net, 0.01));
        Learn(200, 5, reverse: true, (source, mask, shifted, target) => objective.Step(source, mask, shifted, target));
        Assert.InRange(Exact(RecurrentTranslator.Of(net), 5, reverse: true), 0.95, 1);
    }

    [Theory, Trait("system", "luong")]
    [InlineData("dot")]
    [InlineData("general")]
    [InlineData("concat")]
    public void LuongReverses(string score)
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        LuongGlobal net = new(Vocabulary, Vocabulary, width: 48, layers: 1, score);
        LuongGlobalTranslation objective = new(net, new Adam(net, 0.01));
        Learn(250, 5, reverse: true, (source, mask, shifted, target) => objective.Step(source, mask, shifted, target));
        Assert.InRange(Exact(RecurrentTranslator.Of(net), 5, reverse: true), 0.9, 1);
    }

    [Fact, Trait("system", "luong")]
    public void LuongLooksAround()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        LuongLocal net = new(Vocabulary, Vocabulary, width: 48, layers: 1, window: 2);
        LuongLocalTranslation objective = new(net, new Adam(net, 0.01));
        Learn(250, 5, reverse: false, (source, mask, shifted, target) => objective.Step(source, mask, shifted, target));
        Assert.InRange(Exact(RecurrentTranslator.Of(net), 5, reverse: false), 0.9, 1);
    }

    [Fact, Trait("system", "transformer")]
    public void TheTransformerCopies()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        TranslatorEncoder encoder = new(Vocabulary, d: 32, heads: 4, layers: 1, hidden: 64, drop: 0, longest: 8);
        TranslatorDecoder decoder = new(Vocabulary, d: 32, heads: 4, layers: 1, hidden: 64, drop: 0, longest: 8);
        TransformerTranslation objective = new(encoder, decoder, new Adam(encoder, 5e-3), new Adam(decoder, 5e-3));
        Learn(250, 6, reverse: false, (source, mask, shifted, target) => objective.Step(source, mask, shifted, target));
        RecurrentTranslator writer = new(encoder, (_, _, _) => throw new NotSupportedException(), (source, mask) =>
        {
            var memory = encoder.call(source, mask);
            return new CachedDecoder((words, cache) => decoder.call(words, memory, mask, cache), 8, layers: 1, heads: 4, width: 8);
        });
        Assert.InRange(Exact(writer, 6, reverse: false), 0.95, 1);
    }

    private static void Learn(int steps, int length, bool reverse, Func<Tensor, Tensor, Tensor, Tensor, IDisposable> step)
    {
        for (var i = 0; i < steps; i++)
        {
            using var scope = NewDisposeScope();
            var (source, target) = Rows(64, length, reverse);
            var shifted = cat([full([64, 1], Begin, dtype: int64), target[.., ..^1]], 1);
            step(source, ones(64, length, dtype: @bool), shifted, target);
        }
    }

    private static double Exact(RecurrentTranslator translator, int length, bool reverse)
    {
        using var scope = NewDisposeScope();
        translator.Network.eval();
        var (source, target) = Rows(300, length, reverse);
        using var decoder = translator.Decoder(source, ones(300, length, dtype: @bool));
        var written = new TextGenerator(decoder).Generate(full([300, 1], Begin, dtype: int64), length, new Greedy());
        return written.eq(target).all(1).to(float64).mean().item<double>();
    }

    private static (Tensor Source, Tensor Target) Rows(int count, int length, bool reverse)
    {
        var source = randint(0, Digits, [count, length]);
        return (source, reverse ? source.flip(1) : source);
    }
}
