using System.CommandLine;
using Dlm.Models.Language;
using Dlm.Runtime.Generation;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Language;

/// <summary>Luong's attention, to all that was read and to a window around a place that the network predicts, on dates as people write them.</summary>
internal sealed class LuongSample : Sample
{
    private readonly Option<int> _pairs, _batch, _width;
    private readonly Option<double> _rate;
    private readonly Option<string> _attention, _score;

    public LuongSample()
        : base("luong", "A translator with Luong's attention, global or local, reads dates in many formats and writes them in one.", epochs: 6)
    {
        _pairs = Add("--pairs", "How many dates to learn from.", 24_000);
        _batch = Add("--batch", "How many of them a step sees.", 64);
        _width = Add("--width", "How wide the LSTMs are.", 96);
        _rate = Add("--rate", "The learning rate; it falls to nothing.", 5e-3);
        Command.Add(_attention = Words("--attention", "What it looks at: all, global, or a window, local.", "global", "local"));
        Command.Add(_score = Words("--score", "How well two states fit.", "general", "dot", "concat"));
    }

    private delegate (Tensor Logits, Tensor Alignment, Tensor Memory, Tensor State) Call(Tensor source, Tensor target, Tensor? mask, Tensor? memory, Tensor? state);

    protected override void Run(SampleRun run)
    {
        TranslationTask dates = WrittenDates.Draw(run.Get(_pairs), run.Seed);
        manual_seed((long)run.Seed);
        if (run.Get(_attention) == "global")
        {
            using LuongGlobal network = new(dates.SourceVocabulary, dates.TargetVocabulary, run.Get(_width), layers: 1, run.Get(_score));
            using Adam optimizer = new(network, run.Get(_rate));
            Learn(run, dates, network, new LuongGlobalTranslation(network, optimizer), network.call);
        }
        else
        {
            using LuongLocal network = new(dates.SourceVocabulary, dates.TargetVocabulary, run.Get(_width), layers: 1, run.Get(_score), window: 5);
            using Adam optimizer = new(network, run.Get(_rate));
            Learn(run, dates, network, new LuongLocalTranslation(network, optimizer), network.call);
        }
    }

    private void Learn(SampleRun run, TranslationTask dates, nn.Module network, Objective objective, Call call)
    {
        string kind = run.Get(_attention);
        AnsiConsole.WriteLine($"{run.Get(_pairs):n0} dates to learn from, {dates.Test.Length:n0} others to test with; {network.parameters().Sum(p => p.numel()):n0} parameters");
        string[] untrained = dates.Write(network, Decoder);
        Trainer trainer = new(objective, run.Plan() with { Schedule = new CosineSchedule(warmup: 0.05), ClipNorm = 5 });
        run.Fit(trainer, dates.Training(run.Get(_batch), run.Seed), dates.Validation(), $"Luong's {kind} attention: dates in many formats to one");
        dates.Report(run, untrained, dates.Write(network, Decoder));
        run.Picture("attention", $"Where {kind} attention looks (to the right) while it writes (down)", dates.DrawAttention($"Where {kind} attention looks", network, (source, shifted, mask) => call(source, shifted, mask, null, null).Alignment));

        // What was read has the texts in dimension 0, the state [2, layers, B, width] in dimension 2.
        IDecoder Decoder(Tensor source, Tensor mask) => new RecurrentDecoder(
            (words, state) => call(source, words, mask, state?[0], state?[1]) is var (logits, _, memory, next) ? (logits, [memory, next]) : default, 0, 2);
    }

    private static Option<string> Words(string name, string description, params string[] words) =>
        new Option<string>(name) { Description = description, DefaultValueFactory = _ => words[0] }.AcceptOnlyFromAmong(words);
}
