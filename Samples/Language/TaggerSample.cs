using System.CommandLine;
using System.Globalization;
using Dlm.Models.Language;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Language;

/// <summary>A bidirectional LSTM tags each word of Shakespeare with the mark that stood behind it: so it puts commas and full stops where they were taken away.</summary>
internal sealed class TaggerSample : Sample
{
    private const int Length = 40;

    private readonly Option<int> _width, _hidden, _batch;
    private readonly Option<double> _rate;

    public TaggerSample()
        : base("tagger", "A bidirectional LSTM puts the punctuation back into Shakespeare.", Shakespeare.Option, epochs: 8)
    {
        _width = Add("--width", "How long the vectors of words are.", 64);
        _hidden = Add("--hidden", "How wide the LSTM is, in each direction.", 96);
        _batch = Add("--batch", "How many windows of forty words a step learns from.", 16);
        _rate = Add("--rate", "The highest learning rate; it falls to nothing.", 4e-3);
    }

    protected override void Run(SampleRun run)
    {
        (string[] words, int[] marks) = Punctuation.Split(Shakespeare.ReadAll(run.Data));
        int border = words.Length * 9 / 10;
        Vocabulary vocabulary = Vocabulary.Build(words[..border], least: 3);
        int[] numbers = [.. words.Select(vocabulary.NumberOrUnknown)];
        Punctuation training = new(numbers[..border], marks[..border], Length), test = new(numbers[border..], marks[border..], Length);

        manual_seed((long)run.Seed);
        using LstmTagger network = new(vocabulary.Count, Punctuation.Marks.Count, run.Get(_width), run.Get(_hidden), dropout: 0.3);
        using Adam optimizer = new(network, run.Get(_rate));
        Trainer trainer = new(new Tagging(network, optimizer), run.Plan() with { Schedule = new CosineSchedule(), BestBy = "accuracy" });
        DataLoader validation = new(test, batchSize: 50);
        AnsiConsole.WriteLine($"{words.Length:n0} words, {vocabulary.Count:n0} of them different, with {marks.Count(mark => mark > 0):n0} marks; {network.parameters().Sum(p => p.numel()):n0} parameters");
        run.Fit(trainer, new DataLoader(training, run.Get(_batch), new ShuffledSampler(training.Count, run.Seed)), validation, "A tagger puts punctuation back");

        network.eval();
        int[] truth = [.. marks[border..].Take((int)test.Count * Length)], said = Say(network, validation);
        int[] byWord = ByWord(numbers[..border], marks[..border], vocabulary.Count, numbers[border..][..truth.Length]);
        int[] none = new int[truth.Length];
        run.Figure("Right marks", Percent(Share(said, truth)));
        run.Figure("Never a mark", Percent(Share(none, truth)));
        run.Figure("Each word's most frequent mark", Percent(Share(byWord, truth)));
        run.Figure("F1 of the marks", Percent(MarkF1(said, truth)));
        run.Figure("F1 by each word's most frequent", Percent(MarkF1(byWord, truth)));
        string[] shown = words[border..][..(2 * Length)];
        run.Text("Without marks", Punctuation.Join(shown, none));
        run.Text("What the tagger makes of it", Punctuation.Join(shown, said));
        run.Text("What Shakespeare wrote", Punctuation.Join(shown, truth));
    }

    private static int[] Say(LstmTagger network, DataLoader data)
    {
        using var unrecorded = no_grad();
        List<int> said = [];
        foreach (Batch batch in data.Epoch(0))
        {
            using (batch)
            {
                using Tensor logits = network.call(batch.Input), best = logits.argmax(2);
                said.AddRange(best.data<long>().Select(mark => (int)mark));
            }
        }

        return [.. said];
    }

    private static int[] ByWord(int[] words, int[] marks, int vocabulary, int[] asked)
    {
        int[,] counts = new int[vocabulary, Punctuation.Marks.Count];
        foreach (var (word, mark) in words.Zip(marks)) counts[word, mark]++;
        return [.. asked.Select(word => Enumerable.Range(0, Punctuation.Marks.Count).MaxBy(mark => counts[word, mark]))];
    }

    private static double Share(int[] said, int[] truth) => said.Zip(truth).Average(pair => pair.First == pair.Second ? 1.0 : 0);

    // Of a mark that is there and one that is said, the same one.
    private static double MarkF1(int[] said, int[] truth) =>
        2.0 * said.Zip(truth).Count(pair => pair.First == pair.Second && pair.First > 0) / Math.Max(1, said.Count(mark => mark > 0) + truth.Count(mark => mark > 0));

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}
