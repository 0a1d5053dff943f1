using System.CommandLine;
using Dlm.Models.Language;
using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Generation;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Language;

/// <summary>The first thing that a Transformer is tried with: it reads digits and writes them again.</summary>
internal sealed class TransformerCopySample : Sample
{
    private const int Longest = 14, Digits = 12;

    private readonly Option<int> _pairs, _batch, _width, _layers, _heads;

    public TransformerCopySample()
        : base("transformer-copy", "A Transformer copies rows of digits.", epochs: 4)
    {
        _pairs = Add("--pairs", "How many rows to learn from.", 16_000);
        _batch = Add("--batch", "How many of them a step sees.", 64);
        _width = Add("--width", "How wide the network is.", 64);
        _layers = Add("--layers", "How many layers encoder and decoder have.", 2);
        _heads = Add("--heads", "How many heads attention has.", 4);
    }

    protected override void Run(SampleRun run)
    {
        TranslationTask rows = Draw(run.Get(_pairs), run.Seed);
        var (d, layers, heads) = (run.Get(_width), run.Get(_layers), run.Get(_heads));
        manual_seed((long)run.Seed);
        using TranslatorEncoder encoder = new(rows.SourceVocabulary, d, heads, layers, 2 * d, longest: Longest);
        using TranslatorDecoder decoder = new(rows.TargetVocabulary, d, heads, layers, 2 * d, longest: Longest);
        using Adam reading = new(encoder, 1, 0.9, 0.98, 1e-9), writing = new(decoder, 1, 0.9, 0.98, 1e-9);
        Trainer trainer = new(new TransformerTranslation(encoder, decoder, reading, writing), run.Plan() with { Schedule = new NoamSchedule(d, warmup: 400) });
        AnsiConsole.WriteLine($"{run.Get(_pairs):n0} rows of up to {Digits} digits to learn from, {rows.Test.Length:n0} others to test with; {encoder.parameters().Concat(decoder.parameters()).Sum(p => p.numel()):n0} parameters");

        string[] untrained = Write();
        run.Fit(trainer, rows.Training(run.Get(_batch), run.Seed), rows.Validation(), "A Transformer copies digits");
        rows.Report(run, untrained, Write());

        string[] Write()
        {
            decoder.eval();
            return rows.Write(encoder, (source, mask) =>
            {
                Tensor memory = encoder.call(source, mask);
                return new CachedDecoder((words, cache) => decoder.call(words, memory, mask, cache), Longest, layers, heads, d / heads, source.device);
            });
        }
    }

    private static TranslationTask Draw(int training, ulong seed)
    {
        Random chance = new((int)seed);
        HashSet<string> drawn = [];
        while (drawn.Count < training + TranslationTask.HeldOut) drawn.Add(string.Concat(Enumerable.Range(0, chance.Next(4, Digits + 1)).Select(_ => (char)('0' + chance.Next(10)))));
        return new TranslationTask("rows", [.. drawn.Select(row => (row, row))], texts => CharacterTokenizer.Train(texts)) { PadsBefore = false };
    }
}
