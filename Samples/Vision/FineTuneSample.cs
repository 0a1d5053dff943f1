using System.CommandLine;
using Dlm.Models.Vision;
using Dlm.Runtime.Data;
using Dlm.Runtime.Display;
using Dlm.Runtime.FineTuning;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Training;
using Dlm.Runtime.Weights;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Vision;

/// <summary>
/// Teaches a network that knows the ten kinds of things of CIFAR-10 to read digits from few of them, in four ways: from scratch, as a
/// fixed extractor of features under a new head, with its early layers frozen, and as a whole with smaller rates for early layers.
/// </summary>
internal sealed class FineTuneSample : Sample
{
    private const int Digits = 10;
    private const int Shown = 2_000;
    private const string Head = "linear";

    private readonly Option<string?> _weights;
    private readonly Option<int> _count;

    public FineTuneSample()
        : base("finetune", "ResNet-20, trained on CIFAR-10 by others, learns to read a few digits.", DigitData.Option, epochs: 5)
    {
        _weights = AddPath("--weights", PublishedResNet.Option, "file");
        _count = Add("--samples", "How many digits there are to learn from.", 500);
    }

    protected override void Run(SampleRun run)
    {
        ulong seed = run.Seed;
        string weights = run.Get(_weights) ?? PublishedResNet.Find(run.Data);
        DigitData digits = DigitData.Find(run.Data, seed);
        Coloured training = new(digits.Training, Math.Min(run.Get(_count), digits.Training.Count)), test = new(digits.Test, Shown);
        DataLoader trainingLoader = new(training, 50, new ShuffledSampler(training.Count, seed)), testLoader = new(test, 500);

        using (CifarResNet20 shown = new(classes: Digits)) AnsiConsole.WriteLine(shown.LoadWeights(weights, new LoadOptions { Except = [Head] }).ToString());
        AnsiConsole.WriteLine($"{digits.Name} ({digits.Source}): {training.Count:n0} images to learn from, {test.Count:n0} to test with");
        AnsiConsole.WriteLine();

        Table table = new Table().AddColumn("").AddColumn(new TableColumn("learning").RightAligned()).AddColumn(new TableColumn("test accuracy").RightAligned());
        Add("from scratch", network => new Adam(network, 1e-3), load: false);
        AddProbe("features under a new head");
        Add("early layers frozen", network =>
        {
            network.Freeze("conv1", "bn1", "layer1", "layer2");
            return new Adam(network, 1e-3);
        });
        Add("all, smaller rates for early layers", network => new Adam(ParameterGroups.ByPattern(network, ("layer3", 1e-3), (Head, null), ("*", 5e-4)), 3e-3));
        AnsiConsole.Write(table);

        void Add(string way, Func<CifarResNet20, Optimizer> prepare, bool load = true)
        {
            manual_seed((long)seed);
            using CifarResNet20 network = new(classes: Digits);
            if (load) network.LoadWeights(weights, new LoadOptions { Except = [Head] });
            using Optimizer optimizer = prepare(network);
            Report(way, new Supervised(network, Losses.CrossEntropy, optimizer, new Accuracy()), optimizer, trainingLoader, testLoader, run.Epochs);
        }

        // The network says once what it sees; the head learns from that, many times over.
        void AddProbe(string way)
        {
            manual_seed((long)seed);
            using CifarResNet20 network = new(classes: Digits);
            network.LoadWeights(weights, new LoadOptions { Except = [Head] });
            network.eval();
            using FeatureExtractor extractor = new(network, "layer3");
            DataLoader features = new(new Features(extractor, training), 50, new ShuffledSampler(training.Count, seed)), testFeatures = new(new Features(extractor, test), 500);
            using var head = nn.Linear(64, Digits);
            using Adam optimizer = new(head, 1e-2);
            Report(way, new Supervised(head, Losses.CrossEntropy, optimizer, new Accuracy()), optimizer, features, testFeatures, 20 * run.Epochs);
        }

        void Report(string way, Supervised objective, Optimizer optimizer, DataLoader training, DataLoader test, int epochs)
        {
            Trainer trainer = new(objective, new TrainerOptions { Epochs = epochs, Schedule = new CosineSchedule(), Display = new SilentDisplay() });
            AnsiConsole.WriteLine($"{way} ...");
            trainer.Fit(training);
            double reached = 100 * trainer.Evaluate(test)["accuracy"];
            run.Figure(char.ToUpperInvariant(way[0]) + way[1..], $"{reached:0.0} % of the test digits right, learning {optimizer.Parameters.Sum(parameter => parameter.numel()):n0} parameters");
            table.AddRow(way, $"{optimizer.Parameters.Sum(parameter => parameter.numel()):n0}", $"{reached:0.0} %");
        }
    }

    /// <summary>Grey digits of 28 x 28 as the colour images of 32 x 32 that the network was trained on.</summary>
    private sealed class Coloured(LabelledImages digits, long count) : IDataset
    {
        public long Count => Math.Min(count, digits.Count);

        public Batch Read(ReadOnlySpan<long> indices)
        {
            using Batch grey = digits.Read(indices);
            double black = grey.Input.min().item<float>();
            Tensor colour = nn.functional.pad(grey.Input, [2, 2, 2, 2], value: black).expand(-1, 3, -1, -1).contiguous();
            return new Batch(indices, (Batch.InputName, colour), (Batch.TargetName, grey.Target.clone()));
        }
    }

    /// <summary>What a network sees in images, averaged over each image, worked out once.</summary>
    private sealed class Features : IDataset
    {
        private readonly float[] _values;
        private readonly long[] _labels;
        private readonly int _width;

        public Features(FeatureExtractor extractor, IDataset images)
        {
            using var unrecorded = no_grad();
            List<float> values = [];
            List<long> labels = [];
            foreach (Batch batch in new DataLoader(images, 500).Epoch(0))
            {
                using (batch)
                using (NewDisposeScope())
                {
                    Tensor seen = extractor.Call(batch.Input).mean([2, 3]);
                    values.AddRange(seen.data<float>().ToArray());
                    labels.AddRange(batch.Target.data<long>().ToArray());
                }
            }

            (_values, _labels) = ([.. values], [.. labels]);
            _width = _values.Length / _labels.Length;
        }

        public long Count => _labels.Length;

        public Batch Read(ReadOnlySpan<long> indices)
        {
            float[] values = new float[indices.Length * _width];
            long[] labels = new long[indices.Length];
            for (int i = 0; i < indices.Length; i++)
            {
                _values.AsSpan((int)indices[i] * _width, _width).CopyTo(values.AsSpan(i * _width));
                labels[i] = _labels[indices[i]];
            }

            return new Batch(indices, (Batch.InputName, tensor(values).reshape(indices.Length, _width)), (Batch.TargetName, tensor(labels)));
        }
    }
}
