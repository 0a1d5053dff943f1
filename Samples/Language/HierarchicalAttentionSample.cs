using System.CommandLine;
using System.Globalization;
using Dlm.Models.Language;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Language;

/// <summary>Tells good reviews from bad ones, and shows by which sentences and words it does.</summary>
internal sealed class HierarchicalAttentionSample : Sample
{
    private const int Again = 4, Shown = 4, WordsListed = 12, Heard = 10;

    private readonly Option<int> _batch, _sentences, _width, _hidden;
    private readonly Option<double> _rate;

    public HierarchicalAttentionSample()
        : base("hierarchical-attention", "A network reads reviews word by word and sentence by sentence, and shows what it looked at.", Reviews.Option, epochs: 3)
    {
        _batch = Add("--batch", "How many documents a step sees.", 64);
        _sentences = Add("--sentences", "How many sentences make a document.", 4);
        _width = Add("--width", "How wide the vectors of words are.", 50);
        _hidden = Add("--hidden", "How many units read in each direction.", 25);
        _rate = Add("--rate", "The learning rate.", 2e-3);
    }

    protected override void Run(SampleRun run)
    {
        Reviews reviews = Reviews.Find(run.Data);
        WordTokenizer tokenizer = WordTokenizer.Train(reviews.Training.Select(review => review.Text), least: 2);
        ReviewDocuments training = new(reviews.Training, tokenizer, run.Get(_sentences), Again, run.Seed), test = new(reviews.Test, tokenizer, run.Get(_sentences), 1, run.Seed);

        manual_seed((long)run.Seed);
        using HierarchicalAttention network = new(2, tokenizer.Vocabulary.Count, run.Get(_width), run.Get(_hidden));
        using Adam optimizer = new(network, run.Get(_rate));
        Trainer trainer = new(new DocumentClassification(network, optimizer), run.Plan());
        AnsiConsole.WriteLine($"{network.parameters().Sum(p => p.numel()):n0} parameters; {training.Count:n0} documents of {run.Get(_sentences)} sentences to learn from, {test.Count:n0} to test with");
        run.Fit(trainer, new DataLoader(training, run.Get(_batch), new ShuffledSampler(training.Count, run.Seed)), title: "Reviews, good or bad");

        DataLoader unseen = new(test, 100);
        run.Figure("Test accuracy", Percent(trainer.Evaluate(unseen)["accuracy"]));
        run.Figure("Test accuracy, larger class", Percent(Math.Max(test.Good, 1 - test.Good)));
        run.Figure("Test accuracy, words counted (naive Bayes)", Percent(WordCounts.Learn(training, tokenizer.Vocabulary.Count).Accuracy(test)));
        Look(run, network, test, tokenizer.Vocabulary);
    }

    private static void Look(SampleRun run, HierarchicalAttention network, ReviewDocuments test, Vocabulary vocabulary)
    {
        network.eval();
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        using Batch all = test.Read([.. Enumerable.Range(0, (int)test.Count).Select(i => (long)i)]);
        var (logits, byWord, bySentence) = network.call(all["words"], all["mask"]);
        Tensor weights = byWord * bySentence.unsqueeze(2);
        long[] said = logits.argmax(1).data<long>().ToArray(), words = all["words"].data<long>().ToArray();
        float[] weight = weights.contiguous().data<float>().ToArray(), sentence = bySentence.contiguous().data<float>().ToArray(), inSentence = byWord.contiguous().data<float>().ToArray();
        int sentences = (int)byWord.shape[1], width = (int)byWord.shape[2];

        // Two documents of each class that were read rightly.
        int[] shown = [.. Enumerable.Range(0, said.Length).Where(i => said[i] == test[i].Label).GroupBy(i => test[i].Label).OrderByDescending(group => group.Key).SelectMany(group => group.Take(Shown / 2))];
        run.Picture("attention", "What the network looked at in reviews it had not seen", WeightedText.Draw(
            "Attention to words and sentences", "blue: the words that count; red: how much their sentence does",
            [.. shown.Select(i => new WeightedParagraph(test[i].Label == 1 ? "good, and read as good" : "bad, and read as bad", [.. Enumerable.Range(0, sentences).Select(s => new WeightedSentence(
                sentence[i * sentences + s],
                [.. test[i].Sentences[s].Select((word, t) => (vocabulary[word], (double)weight[(i * sentences + s) * width + t]))]))]))]));

        // How much more attention a word has than if all words of its sentence had the same.
        var heard = from i in Enumerable.Range(0, said.Length)
                    from s in Enumerable.Range(0, sentences)
                    from t in Enumerable.Range(0, test[i].Sentences[s].Length)
                    let place = (i * sentences + s) * width + t
                    group (double)inSentence[place] * test[i].Sentences[s].Length by words[place] into word
                    where word.Count() >= Heard
                    orderby word.Average() descending
                    select (Word: vocabulary[(int)word.Key], Weight: word.Average());
        var ordered = heard.ToArray();
        run.Text("Words with the most attention, and with the least (1 is the mean of a sentence)", $"{List(ordered.Take(WordsListed))}\n{List(ordered.TakeLast(WordsListed))}");
    }

    private static string List(IEnumerable<(string Word, double Weight)> words) => string.Join(", ", words.Select(word => string.Create(CultureInfo.InvariantCulture, $"{word.Word} {word.Weight:0.0}")));

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}
