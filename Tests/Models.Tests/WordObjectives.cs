using Dlm.Models.Embedding;
using Dlm.Models.Language;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;

namespace Dlm.Models.Tests;

/// <summary>The objectives of language models, taggers and word vectors for <see cref="ObjectiveTests"/>: on networks without dropout, as small as in <see cref="Zoo"/>.</summary>
internal static class WordObjectives
{
    /// <summary>What makes a network and its steps, by the name of the reference.</summary>
    public static IReadOnlyDictionary<string, Func<(nn.Module Network, Func<int, Tensor[]> Step)>> All { get; } =
        new Dictionary<string, Func<(nn.Module, Func<int, Tensor[]>)>>
        {
            ["gpt"] = () =>
            {
                Gpt net = new(vocab: 100, context: 32, d: 64, layers: 2, heads: 4, drop: 0);
                GptLanguageModelling objective = new(net, new Sgd(net, 0.05));
                return (net, i => objective.Step(Words("text", i, 100), Words("target", i, 100)) is var step ? [step.Loss, step.Accuracy] : []);
            },
            ["gpt2"] = () =>
            {
                Gpt2 net = new(vocab: 100, context: 32, d: 64, layers: 2, heads: 4, drop: 0);
                Gpt2LanguageModelling objective = new(net, new Sgd(net, 0.05));
                return (net, i => objective.Step(Words("text", i, 100), Words("target", i, 100)) is var step ? [step.Loss, step.Accuracy] : []);
            },
            ["lstm_language_model"] = () =>
            {
                LstmLanguageModel net = new(vocab: 100, hidden: 24, dropout: 0);
                LstmLanguageModelling objective = new(net, new Adam(net, 1e-3));
                return (net, i => objective.Step(Words("text", i, 100), Words("target", i, 100)) is var step ? [step.Loss, step.Accuracy] : []);
            },
            ["gru_language_model"] = () =>
            {
                GruLanguageModel net = new(vocab: 100, hidden: 24, dropout: 0);
                GruLanguageModelling objective = new(net, new Adam(net, 1e-3));
                return (net, i => objective.Step(Words("text", i, 100), Words("target", i, 100)) is var step ? [step.Loss, step.Accuracy] : []);
            },
            ["tagger"] = () =>
            {
                LstmTagger net = new(dropout: 0);
                Tagging objective = new(net, new Adam(net, 1e-3));
                return (net, i => objective.Step(Words("text", i, 10_000), Words("target", i, 17)) is var step ? [step.Loss, step.Accuracy] : []);
            },
            ["skip_gram_hierarchy"] = () =>
            {
                SkipGram net = new(vocab: 20, width: 6);
                SkipGramHierarchy objective = new(net, new Sgd(net, 0.5));
                return (net, i => PathOf(i) is var (points, codes, path) ? [objective.Step(Fill.Integers($"center{i}", [4], 20), points, codes, path).Loss] : []);
            },
            ["cbow_hierarchy"] = () =>
            {
                Cbow net = new(vocab: 20, width: 6);
                CbowHierarchy objective = new(net, new Sgd(net, 0.5));
                return (net, i => PathOf(i) is var (points, codes, path)
                    ? [objective.Step(Fill.Integers($"context{i}", [4, 3], 20), points, codes, path, Fill.Integers($"mask{i}", [4, 3], 2).to(@bool)).Loss]
                    : []);
            },
        };

    private static Tensor Words(string name, int step, long below) => Fill.Integers($"{name}{step}", [3, 8], below);

    // Paths of two to five turns.
    private static (Tensor Points, Tensor Codes, Tensor Path) PathOf(int step) => (
        Fill.Integers($"points{step}", [4, 5], 20),
        Fill.Integers($"codes{step}", [4, 5], 2).to(@bool),
        arange(5).unsqueeze(0) < (Fill.Integers($"length{step}", [4], 4) + 2).unsqueeze(1));
}
