using Dlm.Models.Language;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;

namespace Dlm.Models.Tests;

/// <summary>The language field's objectives for <see cref="ObjectiveTests"/>: on networks without dropout, as small as in <see cref="Zoo"/>.</summary>
internal static class LanguageObjectives
{
    /// <summary>What makes a network and its steps, by the name of the reference.</summary>
    public static IReadOnlyDictionary<string, Func<(nn.Module Network, Func<int, Tensor[]> Step)>> All { get; } =
        new Dictionary<string, Func<(nn.Module, Func<int, Tensor[]>)>>
        {
            ["bert_pre_training"] = () =>
            {
                BertForPreTraining net = new(vocab: 100, d: 64, layers: 2, heads: 4, context: 32, dropout: 0);
                BertPreTraining objective = new(net, Descent(net));
                return (net, i => objective.Step(Words(i), Segment(i), Mask(i), Targets(i), Pair(i)) is var step ? [step.Loss, step.WordAccuracy, step.NextAccuracy] : []);
            },
            ["bert_fine_tuning"] = () =>
            {
                BertForSequenceClassification net = new(classes: 3, vocab: 100, d: 64, layers: 2, heads: 4, context: 32, dropout: 0);
                BertFineTuning objective = new(net, Descent(net));
                return (net, i => objective.Step(Words(i), Segment(i), Mask(i), Label(i, 3)) is var step ? [step.Loss, step.Accuracy] : []);
            },
            ["albert_pre_training"] = () =>
            {
                AlbertForPreTraining net = new(vocab: 100, d: 64, layers: 3, heads: 4, width: 16, context: 32);
                AlbertPreTraining objective = new(net, Descent(net));
                return (net, i => objective.Step(Words(i), Segment(i), Mask(i), Targets(i), Pair(i)) is var step ? [step.Loss, step.WordAccuracy, step.OrderAccuracy] : []);
            },
            ["albert_fine_tuning"] = () =>
            {
                AlbertForSequenceClassification net = new(classes: 3, vocab: 100, d: 64, layers: 3, heads: 4, width: 16, context: 32, dropout: 0);
                AlbertFineTuning objective = new(net, Descent(net));
                return (net, i => objective.Step(Words(i), Segment(i), Mask(i), Label(i, 3)) is var step ? [step.Loss, step.Accuracy] : []);
            },
            ["roberta_pre_training"] = () =>
            {
                RobertaForMaskedLM net = new(vocab: 100, d: 64, layers: 2, heads: 4, context: 32, dropout: 0);
                RobertaPreTraining objective = new(net, Descent(net));
                return (net, i => objective.Step(Words(i), Mask(i), Targets(i)) is var step ? [step.Loss, step.WordAccuracy] : []);
            },
            ["roberta_fine_tuning"] = () =>
            {
                RobertaForSequenceClassification net = new(classes: 3, vocab: 100, d: 64, layers: 2, heads: 4, context: 32, dropout: 0);
                RobertaFineTuning objective = new(net, Descent(net));
                return (net, i => objective.Step(Words(i), Mask(i), Label(i, 3)) is var step ? [step.Loss, step.Accuracy] : []);
            },
            ["document_classification"] = () =>
            {
                HierarchicalAttention net = new(vocab: 100, width: 12, hidden: 8);
                DocumentClassification objective = new(net, new Sgd(net, 0.05, momentum: 0.9));
                return (net, i => objective.Step(Fill.Integers($"words{i}", [4, 3, 6], 100), Fill.Present($"mask{i}", [4, 3, 6]), Label(i, 5)) is var step ? [step.Loss, step.Accuracy] : []);
            },
        };

    private static Sgd Descent(nn.Module net) => new(net, 0.02, momentum: 0.9);

    private static Tensor Words(int step) => Fill.Integers($"words{step}", [4, 11], 100);

    private static Tensor Segment(int step) => Fill.Integers($"segment{step}", [4, 11], 2);

    private static Tensor Mask(int step) => Fill.Present($"mask{step}", [4, 11]);

    private static Tensor Pair(int step) => Fill.Integers($"pair{step}", [4], 2);

    private static Tensor Label(int step, int classes) => Fill.Integers($"label{step}", [4], classes);

    private static Tensor Targets(int step)
    {
        var masked = Fill.Integers($"masked{step}", [4, 11], 3) == 0;
        masked[.., 0] = true; // of each sample there is a word to guess
        return where(masked, Words(step), tensor(-100L));
    }
}
