using System.CommandLine;
using System.Globalization;
using Dlm.Models.Language;
using Dlm.Runtime.Data;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Language;

/// <summary>A small Transformer translates captions of pictures from German to English, trained as the paper says.</summary>
internal sealed class TransformerSample : Sample
{
    private const int Shown = 5;

    private readonly Option<int> _batch, _width, _layers, _heads, _vocabulary, _warmup, _beam;

    public TransformerSample()
        : base("transformer", "A Transformer translates captions from German to English (Multi30k).", Multi30k.Option, epochs: 3)
    {
        _batch = Add("--batch", "How many sentences a step sees.", 64);
        _width = Add("--width", "How wide the network is.", 128);
        _layers = Add("--layers", "How many layers encoder and decoder have.", 2);
        _heads = Add("--heads", "How many heads attention has.", 4);
        _vocabulary = Add("--vocabulary", "How many words of each language are known at most.", 4000);
        _warmup = Add("--warmup", "How many steps the rate rises before it falls with the square root of the steps.", 500);
        _beam = Add("--beam", "How many ways to go on are followed for the translations that are shown.", 4);
    }

    protected override void Run(SampleRun run)
    {
        Multi30k captions = Multi30k.Load(run.Data, run.Get(_vocabulary));
        var (d, layers, heads) = (run.Get(_width), run.Get(_layers), run.Get(_heads));
        manual_seed((long)run.Seed);
        using TranslatorEncoder encoder = new(captions.German.Vocabulary.Count, d, heads, layers, 4 * d, longest: Multi30k.Longest);
        using TranslatorDecoder decoder = new(captions.English.Vocabulary.Count, d, heads, layers, 4 * d, longest: Multi30k.Longest);
        // Section 5.3 of the paper; the schedule has the rate.
        using Adam reading = new(encoder, 1, 0.9, 0.98, 1e-9), writing = new(decoder, 1, 0.9, 0.98, 1e-9);
        Trainer trainer = new(new TransformerTranslation(encoder, decoder, reading, writing), run.Plan() with { Schedule = new NoamSchedule(d, run.Get(_warmup)) });
        AnsiConsole.WriteLine($"{captions.Training.Length:n0} captions; {captions.German.Vocabulary.Count:n0} German and {captions.English.Vocabulary.Count:n0} English words; {encoder.parameters().Concat(decoder.parameters()).Sum(p => p.numel()):n0} parameters");
        run.Fit(trainer, captions.Batches(run.Get(_batch), run.Seed), new DataLoader(captions.Of(captions.Validation), batchSize: 100), "A Transformer on Multi30k");

        CaptionTranslator translator = new(captions, encoder, decoder, layers, heads, d);
        run.Figure("Perplexity of a word", string.Create(CultureInfo.InvariantCulture, $"{translator.Perplexity():0.0}; {captions.UnigramPerplexity():0} for who only knows how often each comes up"));
        run.Figure("BLEU, greedy", string.Create(CultureInfo.InvariantCulture, $"{100 * captions.Score(translator.Translate()):0.0} on the {captions.Test.Length:n0} captions of the test"));
        run.Text("Captions of the test, their translations by beam search, and what people wrote", string.Join('\n', captions.Test.Take(Shown).Select((pair, i) =>
            $"{pair.Source}\n  {translator.Search(i, run.Get(_beam))}\n  {pair.Target}")));
    }
}
