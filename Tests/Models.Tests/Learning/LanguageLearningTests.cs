using Dlm.Models.Language;
using Dlm.Runtime.Generation;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;

namespace Dlm.Models.Tests.Learning;

/// <summary>Models of language learn languages that a rule makes.</summary>
[Collection(Chance.Alone)]
public sealed class LanguageLearningTests
{
    // Each token is the sum of the two before it: neither alone tells.
    private const int Modulus = 5;
    private const int Length = 12;

    [Fact, Trait("system", "gpt2")]
    public void Gpt2WritesByTheRule()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        var net = new Gpt2(vocab: Modulus, context: 2 * Length, d: 32, layers: 2, heads: 4, drop: 0);
        Gpt2LanguageModelling objective = new(net, new AdamW(net, 3e-3));
        Learn(400, text => objective.Step(text[.., ..^1], text[.., 1..]));
        net.eval();
        using CachedDecoder decoder = new(net, 2 * Length, layers: 2, heads: 4, width: 8);
        Assert.True(ExactlyWritten(decoder) >= 0.9);
    }

    [Fact, Trait("system", "recurrent-lm")]
    public void LstmWritesByTheRule()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        var net = new LstmLanguageModel(vocab: Modulus, hidden: 32, layers: 2, dropout: 0);
        LstmLanguageModelling objective = new(net, new Adam(net, 0.015));
        Learn(250, text => objective.Step(text[.., ..^1], text[.., 1..]));
        net.eval();
        using RecurrentDecoder decoder = new(net);
        Assert.True(ExactlyWritten(decoder) >= 0.9);
    }

    [Fact, Trait("system", "recurrent-lm")]
    public void GruWritesByTheRule()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        var net = new GruLanguageModel(vocab: Modulus, hidden: 32, layers: 2, dropout: 0);
        GruLanguageModelling objective = new(net, new Adam(net, 0.015));
        Learn(250, text => objective.Step(text[.., ..^1], text[.., 1..]));
        net.eval();
        using RecurrentDecoder decoder = new(net);
        Assert.True(ExactlyWritten(decoder) >= 0.9);
    }

    // A word's tag says of the words on both sides whether they are odd; so it takes reading in both directions. One of four is right by chance.
    [Fact, Trait("system", "tagger")]
    public void TaggerLooksBothWays()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        var net = new LstmTagger(vocab: 20, tags: 4, width: 16, hidden: 16, dropout: 0);
        Tagging objective = new(net, new Adam(net, 0.01));
        Run(150, () =>
        {
            var words = Sentences(32);
            objective.Step(words, Tags(words));
        });
        net.eval();
        var test = Sentences(200);
        Assert.True(objective.Judge(test, Tags(test)).Accuracy.item<float>() >= 0.95);

        static Tensor Sentences(long count) => randint(0, 20, [count, 10]);

        static Tensor Tags(Tensor words)
        {
            var odd = words % 2;
            var edge = zeros_like(odd[.., ..1]);
            return 2 * cat([edge, odd[.., ..^1]], 1) + cat([odd[.., 1..], edge], 1);
        }
    }

    private static void Learn(int steps, Action<Tensor> step) => Run(steps, () => step(Sums(randint(0, Modulus, [32, 2]), Length)));

    private static void Run(int steps, Action step)
    {
        for (var i = 0; i < steps; i++)
        {
            using var inner = NewDisposeScope();
            step();
        }
    }

    // The share of all beginnings that are gone on with without any mistake; one of 5^10 by chance.
    private static double ExactlyWritten(IDecoder decoder)
    {
        var prompts = cartesian_prod(arange(Modulus), arange(Modulus));
        var written = new TextGenerator(decoder).Generate(prompts, Length - 2, new Greedy());
        var right = Sums(prompts, Length)[.., 2..];
        return (written == right).all(1).to(float32).mean().item<float>();
    }

    private static Tensor Sums(Tensor beginnings, int length)
    {
        List<Tensor> tokens = [.. beginnings.unbind(1)];
        while (tokens.Count < length) tokens.Add((tokens[^1] + tokens[^2]) % Modulus);
        return stack(tokens, 1);
    }
}
