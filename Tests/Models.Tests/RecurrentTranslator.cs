using Dlm.Models.Language;
using Dlm.Runtime.Generation;
using static TorchSharp.torch;

namespace Dlm.Models.Tests;

/// <summary>One of the zoo's recurrent translators.</summary>
/// <param name="Network">The network.</param>
/// <param name="Logits">Of a sentence, its mask and its translation, shifted, the logits.</param>
/// <param name="Decoder">What writes the translation of a sentence word by word, or of several.</param>
internal sealed record RecurrentTranslator(nn.Module Network, Func<Tensor, Tensor, Tensor, Tensor> Logits, Func<Tensor, Tensor, IDecoder> Decoder) : IDisposable
{
    public void Dispose() => Network.Dispose();

    /// <summary>A small one.</summary>
    public static RecurrentTranslator Make(string name) => name switch
    {
        "seq2seq" => Of(new Seq2Seq(100, 90, width: 12, hidden: 16, layers: 2)),
        "bahdanau" => Of(new Bahdanau(100, 90, width: 12, hidden: 16, maxout: 10)),
        "luong_global" => Of(new LuongGlobal(100, 90, width: 16, layers: 2)),
        _ => Of(new LuongLocal(100, 90, width: 16, layers: 2, window: 2)),
    };

    public static RecurrentTranslator Of(Seq2Seq net) => new(
        net,
        (source, _, target) => net.call(source, target).logits,
        (source, _) => new RecurrentDecoder((words, state) => net.call(Each(source, words), words, state?[0]) is var (logits, next) ? (logits, [next]) : default, 2));

    public static RecurrentTranslator Of(Bahdanau net) => new(
        net,
        (source, mask, target) => net.call(source, target, mask, null, null, null).logits,
        (source, mask) => new RecurrentDecoder(
            (words, state) =>
            {
                var (logits, _, memory, keys, next) = net.call(Each(source, words), words, Each(mask, words), state?[0], state?[1], state?[2]);
                return (logits, [memory, keys, next]);
            },
            0, 0, 0));

    public static RecurrentTranslator Of(LuongGlobal net) => Luong(net, net.call);

    public static RecurrentTranslator Of(LuongLocal net) => Luong(net, net.call);

    private static RecurrentTranslator Luong(
        nn.Module net, Func<Tensor, Tensor, Tensor?, Tensor?, Tensor?, (Tensor Logits, Tensor Alignment, Tensor Memory, Tensor State)> call) => new(
        net,
        (source, mask, target) => call(source, target, mask, null, null).Logits,
        (source, mask) => new RecurrentDecoder(
            (words, state) => call(Each(source, words), words, Each(mask, words), state?[0], state?[1]) is var (logits, _, memory, next) ? (logits, [memory, next]) : default, 0, 2));

    // What beam search makes of one sentence are several texts.
    private static Tensor Each(Tensor source, Tensor words) => source.expand(words.shape[0], -1);
}
