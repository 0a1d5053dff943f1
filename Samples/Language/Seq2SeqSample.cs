using System.CommandLine;
using Dlm.Models.Language;
using Dlm.Runtime.Generation;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Language;

/// <summary>Two LSTMs: one reads a number in words, from its end, the other writes its digits. All that the second knows is the state that the first ends in.</summary>
internal sealed class Seq2SeqSample : Sample
{
    private readonly Option<int> _pairs, _batch, _hidden;
    private readonly Option<double> _rate;

    public Seq2SeqSample()
        : base("seq2seq", "An LSTM reads numbers in words, another writes them in digits.", epochs: 6)
    {
        _pairs = Add("--pairs", "How many numbers to learn from.", 20_000);
        _batch = Add("--batch", "How many of them a step sees.", 64);
        _hidden = Add("--hidden", "How wide the LSTMs are.", 160);
        _rate = Add("--rate", "The learning rate; it falls to nothing.", 4e-3);
    }

    protected override void Run(SampleRun run)
    {
        TranslationTask numbers = NumberWords.Draw(run.Get(_pairs), run.Seed);
        manual_seed((long)run.Seed);
        using Seq2Seq network = new(numbers.SourceVocabulary, numbers.TargetVocabulary, width: 64, run.Get(_hidden), layers: 1);
        using Adam optimizer = new(network, run.Get(_rate));
        Trainer trainer = new(new Seq2SeqTranslation(network, optimizer), run.Plan() with { Schedule = new CosineSchedule(warmup: 0.05), ClipNorm = 5 });
        AnsiConsole.WriteLine($"{run.Get(_pairs):n0} numbers below a million to learn from, {numbers.Test.Length:n0} others to test with; {network.parameters().Sum(p => p.numel()):n0} parameters");

        string[] untrained = numbers.Write(network, Decoder);
        run.Fit(trainer, numbers.Training(run.Get(_batch), run.Seed), numbers.Validation(), "Sequence to sequence: numbers in words to digits");
        numbers.Report(run, untrained, numbers.Write(network, Decoder));

        // The state is [2, layers, B, hidden]: the texts are its dimension 2.
        IDecoder Decoder(Tensor source, Tensor mask) =>
            new RecurrentDecoder((words, state) => network.call(source, words, state?[0]) is var (logits, next) ? (logits, [next]) : default, 2);
    }
}
