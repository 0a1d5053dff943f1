using System.CommandLine;
using Dlm.Models.Language;
using Dlm.Runtime.Generation;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Language;

/// <summary>RNNsearch reads dates as people write them and writes them as ISO 8601 has it; before each character it looks back at what it has read.</summary>
internal sealed class BahdanauSample : Sample
{
    private readonly Option<int> _pairs, _batch, _hidden;
    private readonly Option<double> _rate;

    public BahdanauSample()
        : base("bahdanau", "A translator with attention reads dates in many formats and writes them in one.", epochs: 3)
    {
        _pairs = Add("--pairs", "How many dates to learn from.", 12_000);
        _batch = Add("--batch", "How many of them a step sees.", 64);
        _hidden = Add("--hidden", "How wide the gated units are.", 64);
        _rate = Add("--rate", "The learning rate; it falls to nothing.", 5e-3);
    }

    protected override void Run(SampleRun run)
    {
        TranslationTask dates = WrittenDates.Draw(run.Get(_pairs), run.Seed);
        manual_seed((long)run.Seed);
        using Bahdanau network = new(dates.SourceVocabulary, dates.TargetVocabulary, width: 32, run.Get(_hidden), maxout: 32);
        using Adam optimizer = new(network, run.Get(_rate));
        Trainer trainer = new(new BahdanauTranslation(network, optimizer), run.Plan() with { Schedule = new CosineSchedule(warmup: 0.05), ClipNorm = 1 });
        AnsiConsole.WriteLine($"{run.Get(_pairs):n0} dates to learn from, {dates.Test.Length:n0} others to test with; {network.parameters().Sum(p => p.numel()):n0} parameters");

        string[] untrained = dates.Write(network, Decoder);
        run.Fit(trainer, dates.Training(run.Get(_batch), run.Seed), dates.Validation(), "RNNsearch: dates in many formats to one");
        dates.Report(run, untrained, dates.Write(network, Decoder));
        run.Picture("attention", "Where it looks (to the right) while it writes (down)", dates.DrawAttention("Where RNNsearch looks", network, (source, shifted, mask) => network.call(source, shifted, mask, null, null, null).alignment));

        IDecoder Decoder(Tensor source, Tensor mask) => new RecurrentDecoder(
            (words, state) =>
            {
                var (logits, _, memory, keys, next) = network.call(source, words, mask, state?[0], state?[1], state?[2]);
                return (logits, [memory, keys, next]);
            },
            0, 0, 0);
    }
}
