using Dlm.Models.Language;
using Dlm.Runtime.Data;
using Dlm.Runtime.Generation;
using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Samples.Language;

/// <summary>A trained Transformer at work on the captions of the test.</summary>
internal sealed class CaptionTranslator
{
    private readonly Multi30k _captions;
    private readonly TranslatorEncoder _encoder;
    private readonly TranslatorDecoder _decoder;
    private readonly (long Layers, long Heads, long Width) _sizes;
    private readonly int _end;

    public CaptionTranslator(Multi30k captions, TranslatorEncoder encoder, TranslatorDecoder decoder, int layers, int heads, int d)
    {
        (_captions, _encoder, _decoder, _sizes, _end) = (captions, encoder, decoder, (layers, heads, d / heads), captions.English.Vocabulary.Separator);
        encoder.eval();
        decoder.eval();
    }

    /// <summary>The perplexity of a word of the references, each given those before it.</summary>
    public double Perplexity()
    {
        (double sum, double words) = (0, 0);
        ForEachBatch(batch =>
        {
            Tensor logits = _decoder.call(batch["decoder_input"], _encoder.call(batch["source"], batch["source_mask"]), batch["source_mask"], null);
            sum += nn.functional.cross_entropy(logits.flatten(0, 1), batch.Target.flatten(), reduction: nn.Reduction.Sum).item<float>();
            words += batch["target_mask"].sum().item<long>();
        });
        return Math.Exp(sum / words);
    }

    /// <summary>All translations, each time with the likeliest word.</summary>
    public string[] Translate()
    {
        List<string> written = [];
        ForEachBatch(batch =>
        {
            using CachedDecoder writer = Read(batch);
            Tensor words = new TextGenerator(writer, _end).Generate(batch["decoder_input"][.., 0..1], Multi30k.Longest - 1, new Greedy());
            foreach (long[] row in words.cpu().data<long>().ToArray().Chunk((int)words.shape[1])) written.Add(Text(row.TakeWhile(word => word != _end)));
        });
        return [.. written];
    }

    /// <summary>A translation by beam search, with the length penalty of the paper's section 6.1.</summary>
    public string Search(int index, int beam)
    {
        using DisposeScope scope = NewDisposeScope();
        using var unrecorded = no_grad();
        using Batch here = _captions.Of(_captions.Test).Read([index]).To(Device);
        using CachedDecoder writer = Read(here);
        return Text(new BeamSearch(beam, lengthPenalty: 0.6, end: _end).Search(writer, here["decoder_input"][.., 0..1], Multi30k.Longest - 1)[0].Tokens);
    }

    private Device Device => _encoder.parameters().First().device;

    // Sentences are read once; the ways to go on with one of them see the same.
    private CachedDecoder Read(Batch batch)
    {
        Tensor mask = batch["source_mask"], memory = _encoder.call(batch["source"], mask);
        return new CachedDecoder(
            (words, cache) => _decoder.call(words, memory.expand(words.shape[0], -1, -1), mask.expand(words.shape[0], -1), cache), Multi30k.Longest, _sizes.Layers, _sizes.Heads, _sizes.Width);
    }

    private string Text(IEnumerable<long> words) => _captions.English.Decode(words.Select(word => (int)word));

    private void ForEachBatch(Action<Batch> act)
    {
        using var unrecorded = no_grad();
        foreach (Batch batch in new DataLoader(_captions.Of(_captions.Test), batchSize: 100).Epoch(0))
        {
            using DisposeScope scope = NewDisposeScope();
            using Batch here = batch.To(Device);
            act(here);
        }
    }
}
