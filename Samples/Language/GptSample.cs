using System.CommandLine;
using Dlm.Models.Language;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Generation;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Language;

/// <summary>A small GPT-2 reads Shakespeare character by character, and writes on in several ways, with a cache of keys and values.</summary>
internal sealed class GptSample : Sample
{
    private const int Heads = 4;
    private const string Prompt = "\nROMEO:\n";

    private readonly Option<int> _context, _width, _layers, _batch, _length;
    private readonly Option<double> _rate;

    public GptSample()
        : base("gpt", "A small GPT-2 learns to write like Shakespeare, character by character.", Shakespeare.Option, epochs: 2)
    {
        _context = Add("--context", "How many characters it sees at once.", 64);
        _width = Add("--width", "How wide it is; a multiple of its 4 heads.", 128);
        _layers = Add("--layers", "How many layers it has.", 4);
        _batch = Add("--batch", "How many windows of the text a step learns from.", 16);
        _rate = Add("--rate", "The highest learning rate; it rises at first and then falls.", 2e-3);
        _length = Add("--length", "How many characters it writes.", 240);
    }

    protected override void Run(SampleRun run)
    {
        Shakespeare text = Shakespeare.Load(run.Data);
        (int context, int width, int layers) = (run.Get(_context), run.Get(_width), run.Get(_layers));
        manual_seed((long)run.Seed);
        using Gpt2 network = new(text.Vocabulary, context, width, layers, Heads, drop: 0);
        using AdamW optimizer = new(network, run.Get(_rate), beta2: 0.99, weightDecay: 0.1);
        Trainer trainer = new(
            new Gpt2LanguageModelling(network, optimizer),
            run.Plan() with { ClipNorm = 1, Schedule = new CosineSchedule(floor: 0.05).After(Period.Share(0.05)) });
        TokenWindows windows = new(text.Training, context);
        DataLoader training = new(windows, run.Get(_batch), new ShuffledSampler(windows.Count, run.Seed));
        DataLoader validation = new(new TokenWindows(text.Validation, context), batchSize: 100);

        AnsiConsole.WriteLine($"GPT-2 with {layers} layers: {network.parameters().Sum(p => p.numel()):n0} parameters");
        AnsiConsole.WriteLine($"Shakespeare: {text.Training.Length:n0} characters to learn from, {text.Validation.Length:n0} to test with");
        run.Fit(trainer, training, validation, "A small GPT-2 on Shakespeare");

        Scores scores = trainer.Evaluate(validation);
        run.Figure("Validation loss", Shakespeare.Nats(scores["loss"]));
        run.Figure("Next character right", $"{100 * scores["accuracy"]:0.0} %");
        run.Figure("By the frequency of each character", Shakespeare.Nats(text.UnigramEntropy()));
        run.Figure("By that of each pair", Shakespeare.Nats(text.BigramEntropy()));

        network.eval();
        using CachedDecoder decoder = new(network, context, layers, Heads, width / Heads);
        Writing.ShowAll(run, decoder, text.Tokenizer, Prompt, run.Get(_length));
    }
}
