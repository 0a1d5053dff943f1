using System.CommandLine;
using System.Globalization;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Display;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Training;
using Dlm.Runtime.Weights;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Language;

/// <summary>How large a network is.</summary>
internal sealed record NetworkSize(int Vocabulary, int Width, int Layers, int Heads, int Longest)
{
    /// <summary>How far its parameters begin from 0, so that what flows keeps its size.</summary>
    public double Std => 1 / Math.Sqrt(Width);
}

/// <summary>
/// A network guesses masked words of film reviews whose classes it is not shown, then learns the classes from few sentences; beside it the
/// same network learns from these few alone.
/// </summary>
internal abstract class PretrainingSample : Sample
{
    /// <summary>How often each sentence is cut in two, in an epoch.</summary>
    protected const int Cuts = 10;

    private static readonly double[] Rates = [1, 0.3];

    private readonly Option<int> _batch, _vocabulary, _width, _layers, _heads, _labels, _tuning, _runs;
    private readonly Option<double> _rate, _masked, _tuningRate;

    protected PretrainingSample(string name, string description, int epochs, double rate = 1e-3)
        : base(name, description, Reviews.Option, epochs)
    {
        _batch = Add("--batch", "How many sentences a step sees.", 32);
        _rate = Add("--rate", "The highest learning rate of pre-training.", rate);
        _masked = Add("--masked", "The share of words that is masked.", 0.15);
        _vocabulary = Add("--vocabulary", "How many words it knows.", 5000);
        _width = Add("--width", "How wide the network is.", 64);
        _layers = Add("--layers", "How many layers it has.", 2);
        _heads = Add("--heads", "How many heads attend in each.", 4);
        _labels = Add("--labels", "How many sentences have a class to learn from.", 300);
        _tuning = Add("--tuning-epochs", "How many times to go through them.", 10);
        _tuningRate = Add("--tuning-rate", "The highest learning rate of fine-tuning.", 1.5e-3);
        _runs = Add("--runs", "How often to fine-tune, each time with other sentences and another seed.", 5);
    }

    /// <summary>The module that both networks have, with a dot behind it.</summary>
    protected abstract string Body { get; }

    /// <summary>What to pre-train with, and the data it reads.</summary>
    protected abstract (nn.Module Network, Func<Optimizer, Objective> Objective, SentenceSource Data) ForPretraining(NetworkSize size, string[] texts, ITokenizer tokenizer, ulong seed);

    /// <summary>What to fine-tune.</summary>
    protected abstract (nn.Module Network, Func<Optimizer, Objective> Objective) ForTuning(NetworkSize size);

    protected override void Run(SampleRun run)
    {
        Reviews reviews = Reviews.Find(run.Data);
        string[] texts = [.. reviews.Training.Select(review => review.Text)];
        WordTokenizer tokenizer = WordTokenizer.Train(texts, run.Get(_vocabulary));
        NetworkSize size = new(tokenizer.Vocabulary.Count, run.Get(_width), run.Get(_layers), run.Get(_heads), 64);
        int batch = run.Get(_batch);

        manual_seed((long)run.Seed);
        var (network, objective, data) = ForPretraining(size, texts, tokenizer, run.Seed);
        using var _ = network;
        AnsiConsole.WriteLine($"{Command.Name}: {network.parameters().Sum(p => p.numel()):n0} parameters, {tokenizer.Vocabulary.Count:n0} words; {texts.Length:n0} sentences to read");
        using AdamW optimizer = Optimizer(network, run.Get(_rate));
        Trainer trainer = new(objective(optimizer), run.Plan(new TrainerOptions { Schedule = new PolynomialSchedule().After(Period.Share(0.1)), ClipNorm = 1 }));
        MaskedWords masked = new(run.Seed, tokenizer.Vocabulary, run.Get(_masked)) { Field = "words", Target = "targets" };
        run.Fit(trainer, new DataLoader(data.Sentences, batch, new BucketSampler(data.Lengths, batch, run.Seed), transform: masked), title: "Masked words of film reviews");
        string weights = Path.Combine(run.Folder, "pretrained.safetensors");
        network.SaveWeights(weights);

        double[] tuned = new double[run.Get(_runs)], scratch = new double[tuned.Length];
        for (int i = 0; i < tuned.Length; i++)
        {
            LabelledText[] some = [.. reviews.Training];
            new RandomStream(run.Seed, (ulong)i).Shuffle(some.AsSpan());
            some = [.. some.Take(run.Get(_labels))];
            tuned[i] = Tune(run, some, reviews, tokenizer, size, i, weights);
            scratch[i] = Tune(run, some, reviews, tokenizer, size, i, null);
            AnsiConsole.WriteLine($"run {i + 1}: {tuned[i]:0.00} % pre-trained, {scratch[i]:0.00} % from scratch");
        }
        run.Figure("Test accuracy, pre-trained", Spread(tuned));
        run.Figure("Test accuracy, from scratch", Spread(scratch));
        run.Figure("Test accuracy, larger class", string.Create(CultureInfo.InvariantCulture, $"{100 * reviews.Majority:0.0} %"));
    }

    // Both may choose among the same rates by the validation sentences.
    private double Tune(SampleRun run, LabelledText[] some, Reviews reviews, ITokenizer tokenizer, NetworkSize size, int number, string? weights) =>
        Rates.Select(share => Tune(run, some, reviews, tokenizer, size, number, weights, share * run.Get(_tuningRate))).MaxBy(accuracy => accuracy.Validation).Test;

    private (double Validation, double Test) Tune(SampleRun run, LabelledText[] some, Reviews reviews, ITokenizer tokenizer, NetworkSize size, int number, string? weights, double rate)
    {
        manual_seed((long)run.Seed + number);
        var (network, objective) = ForTuning(size);
        using var _ = network;
        if (weights is not null) network.LoadWeights(weights, new LoadOptions { Strict = false, Only = [Body + "*"] });
        using AdamW optimizer = Optimizer(network, rate);
        Trainer trainer = new(objective(optimizer), new TrainerOptions { Epochs = run.Get(_tuning), Schedule = new PolynomialSchedule().After(Period.Share(0.1)), ClipNorm = 1, Placement = Placement.Auto, Display = new SilentDisplay() });
        SentenceDataset labelled = Data(some);
        trainer.Fit(new DataLoader(labelled, run.Get(_batch), new BucketSampler(labelled.Lengths, run.Get(_batch), run.Seed + (ulong)number)));
        return (Accuracy(reviews.Validation), Accuracy(reviews.Test));

        double Accuracy(LabelledText[] unseen) => 100 * trainer.Evaluate(new DataLoader(Data(unseen), 200))["accuracy"];

        SentenceDataset Data(LabelledText[] of) => new([.. of.Select(one => one.Text)], tokenizer, size.Longest, [.. of.Select(one => one.Label)]);
    }

    private static AdamW Optimizer(nn.Module network, double rate) => new(network, rate, weightDecay: 0.01);

    private static string Spread(double[] values) =>
        string.Create(CultureInfo.InvariantCulture, $"{values.Average():0.0} % ({values.Min():0.0} to {values.Max():0.0} in {values.Length} runs)");
}

/// <summary>Sentences with their lengths.</summary>
internal sealed record SentenceSource(IDataset Sentences, IReadOnlyList<int> Lengths);
