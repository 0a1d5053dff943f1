using System.CommandLine;
using System.Globalization;
using Dlm.Models.Embedding;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Data.Transforms;
using Dlm.Runtime.Embeddings;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Embedding;

/// <summary>Word2vec in its four forms learns from photographs' captions which words are alike.</summary>
internal sealed class Word2VecSample : Sample
{
    private const int Near = 3;
    private static readonly string[] Asked = ["red", "dog", "shirt", "three", "guitar", "truck", "soccer", "snow", "smiling", "beach"];

    private readonly Option<int> _width, _window, _least, _negatives, _batch;
    private readonly Option<double> _rate;

    public Word2VecSample()
        : base("word2vec", "Words get vectors by their neighbours: skip-gram and CBOW, with negative sampling and hierarchical softmax.", Captions.Option, epochs: 5)
    {
        _width = Add("--width", "How long a vector is.", 64);
        _window = Add("--window", "How many neighbours count on each side.", 3);
        _least = Add("--least", "How often a word must come up.", 8);
        _negatives = Add("--negatives", "How many words are drawn against each neighbour.", 5);
        _batch = Add("--batch", "How many words a step learns from.", 512);
        _rate = Add("--rate", "The learning rate, which falls to nothing.", 5e-3);
    }

    protected override void Run(SampleRun run)
    {
        string[] captions = Captions.Load(run.Data);
        WordTokenizer words = WordTokenizer.Train(captions, least: run.Get(_least));
        int[] all = [.. captions.SelectMany(caption => words.Encode(caption).Append(words.Vocabulary.Separator))];
        int[] text = FrequentWords.Subsample(all, run.Seed, threshold: 1e-3);
        long[] counts = FrequentWords.Count(text, words.Vocabulary.Count);
        AnsiConsole.WriteLine($"{captions.Length:n0} captions with {all.Length:n0} words, {words.Vocabulary.Count:n0} of them different; of those that come up all the time most are left out, and {text.Length:n0} stay");

        SkipGrams pairs = new(text, run.Get(_window), run.Seed);
        WordContexts contexts = new(text, run.Get(_window), words.Vocabulary.Padding);
        HuffmanTree tree = new(counts);
        WordVectors Learn<T>(string name, string folder, Func<T> make, Func<T, Optimizer, Objective> objectiveOf, IDataset data, ITransform transform)
            where T : nn.Module
        {
            manual_seed((long)run.Seed);
            using T network = make();
            using Adam optimizer = new(network, run.Get(_rate));
            TrainerOptions plan = run.Plan() with { Schedule = new LinearSchedule(1, 0) };
            Trainer trainer = new(objectiveOf(network, optimizer), plan with { CheckpointFolder = Path.Combine(plan.CheckpointFolder!, folder) });
            AnsiConsole.WriteLine(name);
            run.Fit(trainer, new DataLoader(data, run.Get(_batch), new ShuffledSampler(data.Count, run.Seed), transform: transform));
            WordVectors vectors = WordVectors.Of(words.Vocabulary, network.get_parameter("input.weight")!);
            run.Figure(name, $"{Percent(ShareOfKind(vectors))} of neighbours are of the same kind, {Percent(ShareOfAnalogies(vectors))} of analogies hold");
            return vectors;
        }

        int size = words.Vocabulary.Count, width = run.Get(_width);
        WordVectors vectors = Learn("Skip-gram", "skip-gram", () => new SkipGram(size, width), (net, steps) => new SkipGramSampling(net, steps), pairs, new NegativeSampling(counts, run.Get(_negatives), run.Seed));
        Learn("Skip-gram, hierarchical softmax", "skip-gram-tree", () => new SkipGram(size, width), (net, steps) => new SkipGramHierarchy(net, steps), pairs, new HierarchicalSoftmax(tree));
        Learn("CBOW", "cbow", () => new Cbow(size, width), (net, steps) => new CbowSampling(net, steps), contexts, new NegativeSampling(counts, run.Get(_negatives), run.Seed) { Field = "center" });
        Learn("CBOW, hierarchical softmax", "cbow-tree", () => new Cbow(size, width), (net, steps) => new CbowHierarchy(net, steps), contexts, new HierarchicalSoftmax(tree) { Field = "center" });
        using SkipGram untrained = new(size, width);
        WordVectors drawn = WordVectors.Of(words.Vocabulary, untrained.get_parameter("input.weight")!);
        run.Figure("Untrained", $"{Percent(ShareOfKind(drawn))} and {Percent(ShareOfAnalogies(drawn))}");

        vectors.Save(Path.Combine(run.Folder, "vectors.txt"));
        run.Text("Nearest neighbours, skip-gram", string.Join('\n', Asked.Where(vectors.Contains).Select(word => $"{word,-8} {string.Join(", ", vectors.MostSimilar(word, 6).Select(near => near.Word))}")));
        run.Text("Analogies, skip-gram", string.Join('\n', Captions.Relations.Select(pairs => Analogy(vectors, pairs[0], pairs[2]))));
    }

    private static string Analogy(WordVectors vectors, (string First, string Second) known, (string First, string Second) asked) =>
        $"{known.First} is to {known.Second} as {asked.First} is to {string.Join(", ", vectors.Analogy(known.First, known.Second, asked.First, 3).Select(word => word.Word))}";

    // Of each listed word's three nearest among the listed ones.
    private static double ShareOfKind(WordVectors vectors)
    {
        var kinds = Captions.Kinds.SelectMany(kind => kind.Words, (kind, word) => (word, kind.Kind)).DistinctBy(entry => entry.word).Where(entry => vectors.Contains(entry.word)).ToDictionary();
        return kinds.Keys.Average(word => kinds.Keys.Where(other => other != word).OrderByDescending(other => vectors.Similarity(word, other)).Take(Near).Count(other => kinds[other] == kinds[word]) / (double)Near);
    }

    private static double ShareOfAnalogies(WordVectors vectors) => Captions.Relations
        .SelectMany(pairs => from known in pairs from asked in pairs where known != asked select vectors.Analogy(known.First, known.Second, asked.First, 1)[0].Word == asked.Second)
        .Average(right => right ? 1.0 : 0);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
}
