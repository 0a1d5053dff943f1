using Dlm.Models.Language;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;

namespace Dlm.Models.Tests;

/// <summary>The translators' objectives for <see cref="ObjectiveTests"/>: on sentences of unequal length, without dropout, as small as in <see cref="Zoo"/>.</summary>
internal static class TranslationObjectives
{
    /// <summary>What makes networks and their steps, by the name of the reference.</summary>
    public static IReadOnlyDictionary<string, Func<((string Name, nn.Module Module)[] Networks, Func<int, Tensor[]> Step)>> All { get; } =
        new Dictionary<string, Func<((string, nn.Module)[], Func<int, Tensor[]>)>>
        {
            ["seq2seq_translation"] = () =>
            {
                Seq2Seq net = new(100, 90, width: 12, hidden: 16);
                Seq2SeqTranslation objective = new(net, Descent(net));
                return ([("net", net)], i => objective.Step(Source(i), Shifted(i), Target(i)) is var step ? [step.Loss, step.Accuracy] : []);
            },
            ["bahdanau_translation"] = () =>
            {
                Bahdanau net = new(100, 90, width: 12, hidden: 16, maxout: 10);
                BahdanauTranslation objective = new(net, Descent(net));
                return ([("net", net)], i => objective.Step(Source(i), Read(i), Shifted(i), Target(i)) is var step ? [step.Loss, step.Accuracy] : []);
            },
            ["luong_global_translation"] = () =>
            {
                LuongGlobal net = new(100, 90, width: 16, layers: 2);
                LuongGlobalTranslation objective = new(net, Descent(net));
                return ([("net", net)], i => objective.Step(Source(i), Read(i), Shifted(i), Target(i)) is var step ? [step.Loss, step.Accuracy] : []);
            },
            ["luong_local_translation"] = () =>
            {
                LuongLocal net = new(100, 90, width: 16, layers: 2, window: 2);
                LuongLocalTranslation objective = new(net, Descent(net));
                return ([("net", net)], i => objective.Step(Source(i), Read(i), Shifted(i), Target(i)) is var step ? [step.Loss, step.Accuracy] : []);
            },
            ["transformer_translation"] = () =>
            {
                TranslatorEncoder encoder = new(100, d: 64, heads: 4, layers: 2, hidden: 128, drop: 0, longest: 32);
                TranslatorDecoder decoder = new(100, d: 64, heads: 4, layers: 2, hidden: 128, drop: 0, longest: 32);
                TransformerTranslation objective = new(encoder, decoder, new Sgd(encoder, 0.02, momentum: 0.9), new Sgd(decoder, 0.02, momentum: 0.9));
                return ([("encoder", encoder), ("decoder", decoder)], i => objective.Step(Source(i), Read(i), Shifted(i), Target(i)) is var step ? [step.Loss, step.Plain, step.Accuracy] : []);
            },
        };

    private static Sgd Descent(nn.Module net) => new(net, 0.1, momentum: 0.9);

    private static Tensor Source(int step) => Fill.Integers($"source{step}", [4, 9], 100);

    private static Tensor Read(int step) => Fill.Present($"read{step}", [4, 9]);

    private static Tensor Shifted(int step) => Fill.Integers($"decoder_input{step}", [4, 7], 90);

    private static Tensor Target(int step) => where(Fill.Present($"written{step}", [4, 7]), Fill.Integers($"target{step}", [4, 7], 90), tensor(-100L));
}
