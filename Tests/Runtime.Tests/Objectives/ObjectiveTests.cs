using Dlm.Runtime.Data;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Tests.Training;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Objectives;

/// <summary>Objectives written in .dlm: their steps against PyTorch's, and what they leave alone.</summary>
public sealed class ObjectiveTests
{
    private const double Tolerance = 1e-5;
    private static readonly PythonReference Reference = new("Objectives/reference/objectives.py");

    [Fact]
    public Task The_references_are_what_the_script_prints() => Reference.RequireSame(1e-6);

    [Fact]
    public void A_game_with_a_gradient_penalty_is_PyTorchs()
    {
        using Maker maker = Filled(new Maker(), 0);
        using Scorer scorer = Filled(new Scorer(), 1), slow = Filled(new Scorer(), 2);
        using Adam makers = new(maker, 0.02, 0.5, 0.9), scorers = new(scorer, 0.02, 0.5, 0.9);
        PenalizedGame game = new(maker, scorer, slow, makers, scorers);
        manual_seed(1);
        double[] figures = TenSteps(() =>
        {
            PenalizedGame.Measures step = game.Step(randn(8, 4));
            return [step.Scorer, step.Maker, step.Smooth, step.Slowly];
        });
        PythonReference.Close(Reference.Numbers("penalized", "figures"), figures, Tolerance);
        PythonReference.Close(Reference.Numbers("penalized", "parameters"), Flat(maker, scorer, slow), Tolerance);
    }

    [Fact]
    public void A_step_of_two_networks_and_clamped_weights_are_PyTorchs()
    {
        using Mover there = Filled(new Mover(), 0), back = Filled(new Mover(), 1);
        using Scorer critic = Filled(new Scorer(), 2);
        using Sgd theres = new(there, 0.05, momentum: 0.9), backs = new(back, 0.05, momentum: 0.9);
        using RmsProp critics = new(critic, 0.01);
        ClampedGame game = new(there, back, critic, theres, backs, critics);
        manual_seed(2);
        double[] figures = TenSteps(() =>
        {
            ClampedGame.Measures step = game.Step(randn(8, 4));
            return [step.Critic, step.ThereBack];
        });
        PythonReference.Close(Reference.Numbers("clamped", "figures"), figures, Tolerance);
        PythonReference.Close(Reference.Numbers("clamped", "parameters"), Flat(there, back, critic), Tolerance);
    }

    [Fact]
    public void A_target_that_is_copied_now_and_then_is_PyTorchs()
    {
        using Followed run = new();
        manual_seed(3);
        double[] figures = TenSteps(() =>
        {
            Tensor x = randn(8, 4), y = randn(8, 4);
            Follow.Measures step = run.Objective.Step(x, y);
            return [step.Error];
        });
        PythonReference.Close(Reference.Numbers("follow", "figures"), figures, Tolerance);
        PythonReference.Close(Reference.Numbers("follow", "parameters"), Flat(run.Net, run.Target), Tolerance);
    }

    [Fact]
    public void An_output_is_given_for_each_sample_without_a_gradient()
    {
        using var scope = NewDisposeScope();
        using Followed run = new();
        Tensor x = randn(8, 4), y = randn(8, 4);
        Tensor expected = (y + 0.5 * run.Target.call(x) - run.Net.call(x)).abs().mean([1]);
        using Follow.Measures judged = run.Objective.Judge(x, y), step = run.Objective.Step(x, y);
        Assert.Equal(expected.data<float>().ToArray(), step.Missed.data<float>().ToArray());
        Assert.Equal(expected.data<float>().ToArray(), judged.Missed.data<float>().ToArray());
        Assert.False(step.Missed.requires_grad);
        Assert.Equal(["error"], run.Objective.LossNames);
        Assert.Matches(@"^error \d+\.\d{4}$", step.ToString());
    }

    [Fact]
    public void A_step_changes_the_networks_it_names_and_leaves_no_gradient_anywhere()
    {
        using Maker maker = new();
        using Scorer scorer = new(), slow = new();
        using Adam makers = new(maker, 0), scorers = new(scorer, 0.1);
        PenalizedGame game = new(maker, scorer, slow, makers, scorers);
        double[] before = Flat(maker), scoring = Flat(scorer), slowly = Flat(slow);
        using Tensor real = randn(8, 4);
        game.Step(real).Dispose();
        Assert.Equal(before, Flat(maker));
        Assert.NotEqual(scoring, Flat(scorer));
        Assert.NotEqual(slowly, Flat(slow));
        Assert.All(maker.parameters().Concat(scorer.parameters()).Concat(slow.parameters()), p => Assert.True(p.grad is null));
        Assert.All(slow.parameters(), p => Assert.False(p.requires_grad));
        Assert.False(slow.training);
        Assert.Equal(1, game.Steps);
    }

    [Fact]
    public void Judging_changes_nothing_and_needs_no_gradient_but_the_one_it_is_asked_for()
    {
        using Maker maker = new();
        using Scorer scorer = new(), slow = new();
        using Adam makers = new(maker), scorers = new(scorer);
        PenalizedGame game = new(maker, scorer, slow, makers, scorers);
        double[] before = Flat(maker, scorer, slow);
        using Tensor real = randn(8, 4);
        using PenalizedGame.Measures first = game.Judge(real);
        Assert.Equal(before, Flat(maker, scorer, slow));
        Assert.Equal(0, game.Steps);
        Assert.True(maker.training);
        Assert.Matches(@"^scorer -?\d+\.\d{4}, maker -?\d+\.\d{4}, smooth -?\d+\.\d{4}, slowly -?\d+\.\d{4}$", first.ToString());
    }

    [Fact]
    public void Steps_leave_no_tensor_behind()
    {
        using Maker maker = new();
        using Scorer scorer = new(), slow = new();
        using Adam makers = new(maker), scorers = new(scorer);
        PenalizedGame game = new(maker, scorer, slow, makers, scorers);
        using Tensor real = randn(8, 4);
        for (int i = 0; i < 4; i++) game.Step(real).Dispose();
        long live = LiveTensors.Count();
        for (int i = 0; i < 20; i++) game.Step(real).Dispose();
        Assert.Equal(live, LiveTensors.Count());
    }

    [Fact]
    public void A_trainer_stops_and_resumes_it_bit_for_bit()
    {
        using TemporaryFolder folder = new();
        using Followed whole = new();
        double[] expected = whole.Fit(Run.Quiet with { Epochs = 3 });

        using Followed first = new();
        first.Fit(Run.Quiet with { Epochs = 3, Steps = 7, CheckpointFolder = folder.Path, CheckpointEverySteps = 1 });
        using Followed second = new();
        double[] resumed = second.Fit(Run.Quiet with { Epochs = 3 }, folder.Path);

        Assert.Equal(expected, resumed);
        Assert.Equal(Flat(whole.Net, whole.Target), Flat(second.Net, second.Target));
        Assert.Equal(whole.Objective.Steps, second.Objective.Steps);
    }

    [Fact]
    public void Gradients_add_up_over_batches_that_share_a_step()
    {
        using Followed run = new();
        run.Fit(Run.Quiet with { Epochs = 1, AccumulateBatches = 2 });
        Assert.Equal(3, run.Objective.Steps); // 6 batches
    }

    [Fact]
    public void An_optimizer_of_another_network_is_refused_and_so_is_one_network_twice()
    {
        using Mover net = new(), other = new();
        using Adam others = new(other), own = new(net);
        Assert.Contains("make it of the same network", Assert.Throws<ArgumentException>(() => new Follow(net, other, others)).Message, StringComparison.Ordinal);
        Assert.Contains("make a second one", Assert.Throws<ArgumentException>(() => new Follow(net, net, own)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_is_said_when_a_step_is_taken()
    {
        using Followed run = new();
        using Tensor x = randn(8, 4), y = randn(7, 4);
        Assert.Equal("Follow takes [B, 4] as y, but this y is [7, 4]. (Parameter 'y')", Assert.Throws<ArgumentException>(() => run.Objective.Step(x, y)).Message);
    }

    private static double[] TenSteps(Func<Tensor[]> step)
    {
        List<double> figures = [];
        for (int i = 0; i < 10; i++)
        {
            using var scope = NewDisposeScope();
            figures.AddRange(step().Select(f => (double)f.item<float>()));
        }

        return [.. figures];
    }

    private static double[] Flat(params nn.Module[] networks) =>
        [.. networks.SelectMany(n => n.parameters()).SelectMany(p => p.to(ScalarType.Float64).flatten().data<double>().ToArray())];

    private static T Filled<T>(T network, double phase)
        where T : nn.Module
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        int i = 0;
        foreach (var p in network.parameters()) p.copy_((arange(p.numel(), dtype: float64) * 0.7 + (i++ + phase)).sin().mul(0.4).reshape(p.shape));
        return network;
    }

    /// <summary>A run of the objective that copies its target.</summary>
    private sealed class Followed : IDisposable
    {
        public Followed()
        {
            Net = Filled(new Mover(), 0);
            Target = Filled(new Mover(), 1);
            Optimizer = new AdamW(Net, 0.05);
            Objective = new Follow(Net, Target, Optimizer);
        }

        public Mover Net { get; }

        public Mover Target { get; }

        public AdamW Optimizer { get; }

        public Follow Objective { get; }

        public double[] Fit(TrainerOptions options, string? resumeFrom = null) =>
            new Trainer(Objective, options).Fit(new DataLoader(new Points(), 4, new ShuffledSampler(24, seed: 5)), resumeFrom: resumeFrom).History.Losses();

        public void Dispose()
        {
            Optimizer.Dispose();
            Net.Dispose();
            Target.Dispose();
        }
    }

    private sealed class Points : IDataset
    {
        public long Count => 24;

        public Batch Read(ReadOnlySpan<long> indices)
        {
            Tensor at = tensor(indices.ToArray()).to(ScalarType.Float32).unsqueeze(1);
            return new Batch(indices, ("x", (at * arange(1, 5)).sin()), ("y", (at + arange(4)).cos()));
        }
    }
}
