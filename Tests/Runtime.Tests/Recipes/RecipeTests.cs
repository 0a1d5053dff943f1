using Dlm.Runtime.Averaging;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Drawn;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Tests.Training;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Recipes;

/// <summary>What a recipe compiles to trains as what one would write by hand, bit for bit.</summary>
public sealed class RecipeTests
{
    private static readonly LabelledImages Images = DrawnDigits.Draw(160, seed: 1);

    [Fact]
    public void A_recipe_is_what_one_would_write()
    {
        manual_seed(7);
        using Digits byHand = new();
        using Sgd optimizer = new(byHand, 0.05, momentum: 0.9, nesterov: true, weightDecay: 1e-3);
        Trainer trainer = new(
            new Supervised(byHand, (output, target) => nn.functional.cross_entropy(output, target, label_smoothing: 0.1), optimizer, new Accuracy(), new ConfusionMatrix(10)),
            Run.Quiet with { Epochs = 2, Schedule = new PiecewiseSchedule((0.05, 1), (0.005, 1)) });
        FitResult expected = trainer.Fit(new DataLoader(Images, 16, new ShuffledSampler(Images.Count, 7)));

        using Digits network = ByTheBook.CreateNetwork();
        FitResult actual = ByTheBook.CreateTrainer(network, Quietly(ByTheBook.Options)).Fit(ByTheBook.CreateLoader(Images));

        Assert.Equal(20, actual.Step);
        Assert.Equal(expected.History.Losses(), actual.History.Losses());
        Assert.Equal(expected.History.Epochs[1].Training["balanced accuracy"], actual.History.Epochs[1].Training["balanced accuracy"]);
        Assert.Equal(StateOf(byHand), StateOf(network));
    }

    [Fact]
    public void Steps_and_schedules_are_kept()
    {
        manual_seed(3);
        using Digits byHand = new();
        using AdamW optimizer = new(byHand, 3e-3, weightDecay: 0.05);
        Trainer trainer = new(
            new Supervised(byHand, Losses.CrossEntropy, optimizer),
            Run.Quiet with { Epochs = 2, Steps = 15, Schedule = new CosineSchedule(floor: 0.1).After(Period.Steps(4)) });
        FitResult expected = trainer.Fit(new DataLoader(Images, 16, new ShuffledSampler(Images.Count, 3)));

        using Digits network = Warmly.CreateNetwork();
        FitResult actual = Warmly.CreateTrainer(network, Quietly(Warmly.Options)).Fit(Warmly.CreateLoader(Images));

        Assert.Equal(15, actual.Step);
        Assert.Equal(expected.History.Losses(), actual.History.Losses());
        Assert.Equal(StateOf(byHand), StateOf(network));
    }

    [Fact]
    public void Parameters_begin_as_the_recipe_says()
    {
        using Digits network = Begun.CreateNetwork();
        using Digits again = Begun.CreateNetwork(seed: 7);
        Assert.Equal(StateOf(network), StateOf(again));
        Assert.All(network.named_parameters(), entry =>
        {
            float[] values = entry.parameter.data<float>().ToArray();
            if (entry.name.EndsWith(".bias", StringComparison.Ordinal)) Assert.All(values, value => Assert.Equal(0.5f, value));
            else if (entry.name.StartsWith("conv", StringComparison.Ordinal)) Assert.All(values, value => Assert.Equal(0, value));
            else if (entry.name == "fc.weight") Assert.InRange(Math.Sqrt(values.Average(value => value * value)), 0.0045, 0.0055);
            else Assert.All(values, value => Assert.Equal(1, value));
        });
    }

    [Fact]
    public void Every_setting_can_be_overridden()
    {
        using Digits network = ByTheBook.CreateNetwork(seed: 8);
        using Sgd optimizer = ByTheBook.CreateOptimizer(network, rate: 0.01);
        Trainer trainer = ByTheBook.CreateTrainer(network, Quietly(ByTheBook.Options) with { Epochs = 1, Schedule = null }, optimizer);
        FitResult result = trainer.Fit(ByTheBook.CreateLoader(Images, batchSize: 40, seed: 1));

        Assert.Equal(4, result.Step);
        Assert.Equal(0.01, Assert.Single(optimizer.Groups).Rate);
        Assert.Equal((16, 7L, 0.05), (ByTheBook.BatchSize, ByTheBook.Seed, ByTheBook.Rate));
        Assert.Equal(2, ByTheBook.Options.Epochs);
        Assert.StartsWith("train ByTheBook on Digits { loss cross_entropy(label_smoothing: 0.1); ", ByTheBook.Options.Recipe, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_and_what_is_frozen_take_effect()
    {
        using Digits network = Tuned.CreateNetwork();
        using Sgd optimizer = Tuned.CreateOptimizer(network);
        Assert.Equal([(0.1, 1e-3), (0.003, 0), (0.01, 1e-3)], optimizer.Groups.Select(group => (Math.Round(group.Rate, 12), group.WeightDecay)));
        Assert.Equal(["fc.weight,fc.bias", "bn1.bias,conv2.bias", "bn1.weight,conv2.weight"], Tuned.CreateGroups(network).Select(group => string.Join(",", group.Parameters.Select(p => p.Name))));
        float[] frozen = network.state_dict()["conv1.weight"].data<float>().ToArray(), learning = network.state_dict()["conv2.weight"].detach().data<float>().ToArray();

        Tuned.CreateTrainer(network, Quietly(Tuned.Options), optimizer).Fit(Tuned.CreateLoader(Images));

        Assert.Equal(frozen, network.state_dict()["conv1.weight"].detach().data<float>().ToArray());
        Assert.NotEqual(learning, network.state_dict()["conv2.weight"].detach().data<float>().ToArray());
    }

    [Fact]
    public void A_run_is_conducted_as_one_would()
    {
        manual_seed(7);
        using Digits byHand = new();
        using Adam optimizer = new(byHand, 1e-3);
        Trainer trainer = new(
            new Supervised(byHand, Losses.CrossEntropy, optimizer, new Accuracy()),
            Run.Quiet with
            {
                Epochs = 5,
                AccumulateBatches = 2,
                ClipNorm = 0.5,
                BestBy = "accuracy",
                EarlyStopping = new EarlyStopping("accuracy", patience: 2, minimumImprovement: 0.9),
                Averaging = new ExponentialAverage(0.9),
            });
        FitResult expected = trainer.Fit(new DataLoader(Images, 16, new ShuffledSampler(Images.Count, 7)), new DataLoader(Images, 80));

        using Digits network = Conducted.CreateNetwork();
        FitResult actual = Conducted.CreateTrainer(network, Quietly(Conducted.Options)).Fit(Conducted.CreateLoader(Images), new DataLoader(Images, 80));

        Assert.Equal((expected.Reason, expected.Step), (actual.Reason, actual.Step));
        Assert.Equal(StopReason.NoImprovement, actual.Reason);
        Assert.Equal(expected.History.Losses(), actual.History.Losses());
        Assert.Equal(StateOf(byHand), StateOf(network));
    }

    [Fact]
    public void A_game_has_an_optimizer_for_each_network()
    {
        manual_seed(5);
        using Painter painter = new();
        using Expert expert = new();
        using Adam painting = new(painter, 2e-3, beta1: 0.5);
        using Sgd judging = new(expert, 0.01, momentum: 0.5);
        FitResult expected = new Trainer(new PaintingObjective(painter, expert, painting, judging), Run.Quiet with { Epochs = 2 })
            .Fit(new DataLoader(Images, 16, new ShuffledSampler(Images.Count, 5)));

        (Painter generator, Expert discriminator) = Painting.CreateNetworks();
        FitResult actual = Painting.CreateTrainer(generator, discriminator, Quietly(Painting.Options)).Fit(Painting.CreateLoader(Images));

        Assert.Equal(20, actual.Step);
        Assert.Equal(expected.History.Losses("generator"), actual.History.Losses("generator"));
        Assert.Equal(expected.History.Losses("discriminator"), actual.History.Losses("discriminator"));
        Assert.Equal(StateOf(painter), StateOf(generator));
        Assert.Equal(StateOf(expert), StateOf(discriminator));
        Assert.Equal((2e-3, 0.01), (Painting.GeneratorRate, Painting.DiscriminatorRate));
    }

    [Fact]
    public void A_rate_may_stay_and_then_fall()
    {
        (Painter painter, Expert expert) = Falling.CreateNetworks();
        using var _ = painter;
        using var __ = expert;
        FitResult result = Falling.CreateTrainer(painter, expert, Quietly(Falling.Options)).Fit(Falling.CreateLoader(Images));
        double[] rates = [.. result.History.Steps().Select(step => Math.Round(step.Rates[0], 9))];
        Assert.Equal([.. Enumerable.Repeat(0.1, 10), .. Enumerable.Range(0, 10).Select(i => Math.Round(0.05 * (1 - i / 10.0), 9))], rates);
    }

    [Fact]
    public void The_networks_of_an_objective_begin_as_the_recipe_says()
    {
        (Painter painter, Expert expert) = Falling.CreateNetworks();
        using var _ = painter;
        using var __ = expert;
        Assert.All(painter.parameters().Concat(expert.parameters()).Where(p => p.dim() == 2), weight => Assert.InRange(weight.std().item<float>(), 0.007, 0.012));
        Assert.All(expert.parameters().Where(p => p.dim() == 1), bias => Assert.Equal(0.5f, bias.mean().item<float>()));
        Assert.All(painter.parameters().Where(p => p.dim() == 1), bias => Assert.NotEqual(0.5f, bias.max().item<float>()));
    }

    [Fact]
    public void Groups_of_an_objective_take_effect_in_their_networks()
    {
        (Painter painter, Expert expert) = Grouped.CreateNetworks();
        using var _ = painter;
        using var __ = expert;
        using Sgd painting = Grouped.CreateGeneratorOptimizer(painter), judging = Grouped.CreateDiscriminatorOptimizer(expert);
        Assert.Equal([0.5, 0.01], painting.Groups.Select(group => Math.Round(group.Rate, 12)));
        Assert.Equal([0.5, 0.1], judging.Groups.Select(group => Math.Round(group.Rate, 12)));
        float[][] before = ParametersOf(expert);
        Grouped.CreateTrainer(painter, expert, Quietly(Grouped.Options), painting, judging).Fit(Grouped.CreateLoader(Images));
        float[][] after = ParametersOf(expert);
        Assert.Equal(before[..2], after[..2]);
        Assert.NotEqual(before[2], after[2]);
    }

    [Fact]
    public void A_run_of_steps_knows_how_many_epochs_that_is()
    {
        using Digits network = Warmly.CreateNetwork();
        int epochs = 0;
        Trainer trainer = Warmly.CreateTrainer(network, Quietly(Warmly.Options));
        trainer.Callbacks.Add(new AfterStep((_, progress) => epochs = progress.Epochs));
        trainer.Fit(Warmly.CreateLoader(Images));
        Assert.Equal(2, epochs);
    }

    [Fact]
    public void The_classes_of_the_data_are_held_against_the_head()
    {
        using Digits network = TooFew.CreateNetwork();
        float[][] before = ParametersOf(network);
        Trainer trainer = TooFew.CreateTrainer(network, Quietly(TooFew.Options));
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => trainer.Fit(TooFew.CreateLoader(Images)));
        Assert.Equal("The data has 10 classes, and the network has 5 scores for each sample: its output is [16, 5]. Make the network with 10 classes, or give it other data.", error.Message);
        Assert.Equal(before, ParametersOf(network));
    }

    [Fact]
    public void Several_inputs_are_read_by_their_names()
    {
        manual_seed(0);
        using Between network = Numbers.CreateNetwork();
        Assert.Equal([6, 6], network.named_parameters().First().parameter.shape);
        Trainer trainer = Numbers.CreateTrainer(network, Quietly(Numbers.Options));
        double plain = trainer.Evaluate(new DataLoader(new Pairs(scaled: false), 5))["loss"];
        double scaled = trainer.Evaluate(new DataLoader(new Pairs(scaled: true), 5))["loss"];
        Assert.NotEqual(plain, scaled);
        Assert.Equal(2, trainer.Fit(Numbers.CreateLoader(new Pairs(scaled: true))).Step);
    }

    [Fact]
    public void A_target_of_another_shape_is_refused()
    {
        using Tensor output = zeros(4, 1), flat = zeros(4), classes = zeros(4, dtype: ScalarType.Int64);
        using Tensor scores = zeros(4, 3), shares = zeros(4, 3), words = zeros(2, 5, 3), tags = zeros(2, 5, dtype: ScalarType.Int64);
        Assert.StartsWith("The output is Float32[4, 1] and the target Float32[4]: ", Assert.Throws<ArgumentException>(() => Numbers.Loss(output, flat)).Message, StringComparison.Ordinal);
        Targets.RequireClasses(scores, classes);
        Targets.RequireClasses(scores, shares);
        Targets.RequireClasses(words, tags, dimension: 2);
        Assert.Contains("a class for each, Int64[4], or a share", Assert.Throws<ArgumentException>(() => Targets.RequireClasses(scores, flat)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Targets.RequireClasses(words, tags));
        Assert.Throws<ArgumentException>(() => Targets.RequireClasses(words, words, dimension: 2));
    }

    private static TrainerOptions Quietly(TrainerOptions options) => options with { Display = Run.Quiet.Display, HandleSignals = false };

    private static byte[] StateOf(nn.Module network) =>
        [.. network.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.detach().contiguous().bytes.ToArray())];

    private static float[][] ParametersOf(nn.Module network) => [.. network.parameters().Select(p => p.detach().data<float>().ToArray())];

    /// <summary>Ten pairs of vectors and a number for each.</summary>
    private sealed class Pairs(bool scaled) : IDataset
    {
        public long Count => 10;

        public Batch Read(ReadOnlySpan<long> indices)
        {
            long[] rows = indices.ToArray();
            Tensor left = tensor(rows.SelectMany(i => new[] { i, i + 1f, i * 0.5f }).ToArray()).reshape(-1, 3);
            (string, Tensor)[] fields = [("left", left), ("right", left * 2), ("target", left.sum(1, keepdim: true))];
            return new Batch(indices, scaled ? [.. fields, ("scale", full([rows.Length, 1], 3))] : fields);
        }
    }
}
