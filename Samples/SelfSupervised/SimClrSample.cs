using System.CommandLine;
using Dlm.Models.SelfSupervised;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Transforms;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Dlm.Samples.SelfSupervised;

/// <summary>
/// An encoder learns what pictures have in common by telling two views of one from views of others, and never sees a label. What its features are
/// worth, a linear probe says: logistic regression on them, beside the same on those of an encoder that has learned nothing.
/// </summary>
/// <remarks>The objective is <c>SimClrGameCifar</c>, stepped by Adam: LARS, which the recipe <c>SimClrOnCifar</c> names, is for batches of thousands and for runs of hundreds of epochs.</remarks>
internal sealed class SimClrSample : Sample
{
    private const int Side = 16;
    private const int Shown = 10;
    private const double Rate = 3e-3;

    private readonly Option<int> _images, _batch, _width;

    public SimClrSample()
        : base("simclr", "An encoder learns from views of pictures, without labels (CIFAR-10).", "A folder with CIFAR-10's binary files, or one with a folder cifar10. Without it: DLM_DATA.", epochs: 8)
    {
        _images = Add("--images", "How many images there are to learn from, at most.", 20_000);
        _batch = Add("--batch", "How many images a step sees, each in two views.", 128);
        _width = Add("--width", "The channels of the encoder's first layer; in the paper it is 64.", 8);
    }

    protected override void Run(SampleRun run)
    {
        string folder = DataFolder.Require(run.Data, "cifar10", "Get CIFAR-10's binary version.");
        LabelledImages images = Cifar10.Load(folder, train: true).WithoutNormalizing(), others = Cifar10.Load(folder, train: false).WithoutNormalizing();
        Normalize normalize = new(Cifar10.Means, Cifar10.Deviations);
        Views views = new(
            run.Seed, new RandomResizedCrop(Side, smallest: 0.2), new HorizontalFlip(),
            new Sometimes(0.8, new ColorJitter(0.4, 0.4, 0.4, 0.1)), new Grayscale(0.2), normalize);

        manual_seed((long)run.Seed);
        using SimClrCifar18 network = new(@base: run.Get(_width));
        long learned = Math.Min(run.Get(_images), images.Count);
        AnsiConsole.WriteLine($"{learned:n0} images without labels, {network.parameters().Sum(p => p.numel()):n0} parameters");
        Probe probe = new(images, others, (int)learned, normalize);
        double untrained = probe.Accuracy(network);

        using Adam optimizer = new(network, Rate, weightDecay: 1e-6);
        Trainer trainer = new(new SimClrGameCifar(network, optimizer), run.Plan() with { Schedule = new CosineSchedule(warmup: 0.05) });
        DataLoader loader = new(images, run.Get(_batch), new ShuffledSampler(learned, run.Seed), dropLast: true, transform: views);
        run.Fit(trainer, loader, title: "SimCLR on CIFAR-10");

        run.Figure("Linear probe on test images", $"{100 * probe.Accuracy(network):0.0} %; on an encoder that has learned nothing {100 * untrained:0.0} %");
        run.Picture("neighbours", "Test images, and below each the three whose features are closest", probe.Neighbours(network, Shown));
    }

    /// <summary>What features are worth, by logistic regression on those of frozen encoders.</summary>
    private sealed class Probe(LabelledImages images, LabelledImages others, int learned, Normalize normalize)
    {
        private const int Steps = 300;
        private const int Near = 3;

        public double Accuracy(SimClrCifar18 network)
        {
            using var scope = NewDisposeScope();
            var (features, labels) = Read(network, images, learned);
            var (asked, answers) = Read(network, others, (int)others.Count);
            Tensor mean = features.mean([0], keepdim: true), deviation = features.std(0, keepdim: true) + 1e-6;
            (features, asked) = ((features - mean) / deviation, (asked - mean) / deviation);
            var probe = nn.Linear(features.shape[1], Cifar10.ClassNames.Count);
            using Adam optimizer = new(probe, 0.01);
            for (int step = 0; step < Steps; step++)
            {
                using var inner = NewDisposeScope();
                optimizer.ZeroGradients();
                F.cross_entropy(probe.call(features), labels).backward();
                optimizer.Step();
            }

            using var noGradient = no_grad();
            return probe.call(asked).argmax(1).eq(answers).to(ScalarType.Float32).mean().item<float>();
        }

        public byte[] Neighbours(SimClrCifar18 network, int shown)
        {
            using var scope = NewDisposeScope();
            Tensor features = F.normalize(Read(network, others, (int)others.Count).Features, dim: 1);
            Tensor similarity = features[..shown].matmul(features.t());
            long[] nearest = similarity.topk(1 + Near, 1).indexes.t().contiguous().data<long>().ToArray(); // each image itself is the nearest
            using Batch pictures = others.Read(nearest);
            return ImageSheet.Encode(pictures.Input, shown);
        }

        private (Tensor Features, Tensor Labels) Read(SimClrCifar18 network, LabelledImages some, int count)
        {
            using var noGradient = no_grad();
            bool isTraining = network.training;
            network.eval();
            Device device = network.parameters().First().device;
            List<Tensor> features = [], labels = [];
            Augmentation small = new(seed: 0, new Resize(Side, Side), normalize);
            DataLoader loader = new(some, batchSize: 500, new SequentialSampler(count), transform: small);
            foreach (Batch batch in loader.Epoch(0))
            {
                using (batch)
                {
                    features.Add(network.call(batch.Input.to(device)).features.cpu());
                    labels.Add(batch.Target.clone());
                }
            }

            network.train(isTraining);
            return (cat(features, 0), cat(labels, 0));
        }
    }
}
