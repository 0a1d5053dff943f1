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

/// <summary>Stacked LSTMs, or gated recurrent units, read Shakespeare character by character (Graves, 2013), and write on from the state that they are in.</summary>
internal sealed class CharacterSample : Sample
{
    private const string Prompt = "\nROMEO:\n";

    private readonly Option<string> _cell = new("--cell") { Description = "What remembers: lstm, gru, or both, one after the other.", DefaultValueFactory = _ => "both" };
    private readonly Option<int> _hidden, _layers, _window, _batch, _length;
    private readonly Option<double> _rate;

    public CharacterSample()
        : base("charlm", "LSTMs and gated recurrent units learn to write like Shakespeare, character by character.", Shakespeare.Option, epochs: 1)
    {
        _cell.AcceptOnlyFromAmong("lstm", "gru", "both");
        Command.Add(_cell);
        _hidden = Add("--hidden", "How wide a layer is.", 128);
        _layers = Add("--layers", "How many layers there are.", 2);
        _window = Add("--window", "How many characters a gradient goes back.", 64);
        _batch = Add("--batch", "How many windows of the text a step learns from.", 32);
        _rate = Add("--rate", "The highest learning rate; it rises at first and then falls.", 6e-3);
        _length = Add("--length", "How many characters it writes.", 240);
    }

    protected override void Run(SampleRun run)
    {
        Shakespeare text = Shakespeare.Load(run.Data);
        string cell = run.Get(_cell);
        (int hidden, int layers) = (run.Get(_hidden), run.Get(_layers));
        if (cell != "gru")
        {
            manual_seed((long)run.Seed);
            using LstmLanguageModel network = new(text.Vocabulary, hidden, layers, dropout: 0);
            using Adam optimizer = new(network, run.Get(_rate));
            Learn(run, text, "LSTM", network, new LstmLanguageModelling(network, optimizer));
            using RecurrentDecoder decoder = new(network);
            Write(run, text, "LSTM", decoder);
        }

        if (cell != "lstm")
        {
            manual_seed((long)run.Seed);
            using GruLanguageModel network = new(text.Vocabulary, hidden, layers, dropout: 0);
            using Adam optimizer = new(network, run.Get(_rate));
            Learn(run, text, "GRU", network, new GruLanguageModelling(network, optimizer));
            using RecurrentDecoder decoder = new(network);
            Write(run, text, "GRU", decoder);
        }

        run.Figure("By the frequency of each character", Shakespeare.Nats(text.UnigramEntropy()));
        run.Figure("By that of each pair", Shakespeare.Nats(text.BigramEntropy()));
    }

    private void Learn(SampleRun run, Shakespeare text, string cell, nn.Module network, Objective objective)
    {
        TokenWindows windows = new(text.Training, run.Get(_window));
        DataLoader training = new(windows, run.Get(_batch), new ShuffledSampler(windows.Count, run.Seed));
        DataLoader validation = new(new TokenWindows(text.Validation, run.Get(_window)), batchSize: 100);
        TrainerOptions plan = run.Plan();
        Trainer trainer = new(objective, plan with
        {
            ClipNorm = 1,
            Schedule = new CosineSchedule(floor: 0.05).After(Period.Share(0.05)),
            CheckpointFolder = Path.Combine(plan.CheckpointFolder!, cell.ToLowerInvariant()),
        });
        AnsiConsole.WriteLine($"{cell}: {network.parameters().Sum(p => p.numel()):n0} parameters");
        run.Fit(trainer, training, validation);
        Scores scores = trainer.Evaluate(validation);
        run.Figure($"Validation loss, {cell}", Shakespeare.Nats(scores["loss"]));
        run.Figure($"Next character right, {cell}", $"{100 * scores["accuracy"]:0.0} %");
        network.eval();
    }

    private void Write(SampleRun run, Shakespeare text, string cell, RecurrentDecoder decoder)
    {
        using Generator chance = new(run.Seed);
        run.Text($"{cell}, at temperature 0.8", Writing.WriteOn(decoder, text.Tokenizer, Prompt, run.Get(_length), new Drawn(temperature: 0.8, generator: chance)));
    }
}
