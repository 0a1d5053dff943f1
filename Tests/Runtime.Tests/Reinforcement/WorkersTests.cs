using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Reinforcement;
using Dlm.Runtime.Tests.Objectives;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Reinforcement;

public sealed class WorkersTests
{
    [Fact]
    public void One_worker_learns_bit_for_bit_what_it_would_alone()
    {
        float[] alone = Learn(null), shared = Learn(1);
        Assert.Equal(alone, shared);
        Assert.Equal(shared, Learn(1));

        static float[] Learn(int? workers)
        {
            manual_seed(5);
            using Mover common = new(), target = new();
            using RmsProp optimizer = new(common, 0.01);
            if (workers is { } count) Workers.Run(count, (worker, _) => Work(worker, common, target, optimizer));
            else Follow(common, target, optimizer, seed: 0);
            return Values(common);
        }
    }

    [Fact]
    public void Several_workers_bring_one_network_to_its_goal()
    {
        manual_seed(6);
        using Mover common = new(), target = new();
        using RmsProp optimizer = new(common, 0.01);
        double before = Distance(common, target);
        Workers.Run(4, (worker, _) => Work(worker, common, target, optimizer));
        Assert.Equal(4 * 60, optimizer.Steps);
        Assert.True(Distance(common, target) < 0.1 * before, $"{Distance(common, target)} of {before} is left.");
        Assert.All(common.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void What_a_worker_throws_ends_the_others_and_is_thrown()
    {
        int ended = 0;
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Workers.Run(3, (worker, ending) =>
        {
            if (worker == 1) throw new InvalidOperationException("out of balance");
            ending.WaitHandle.WaitOne();
            Interlocked.Increment(ref ended);
        }));
        Assert.Equal("out of balance", error.Message);
        Assert.Equal(2, ended);
    }

    [Fact]
    public void Networks_and_optimizers_that_do_not_belong_together_are_refused()
    {
        using Mover common = new(), own = new();
        using Scorer other = new();
        using RmsProp optimizer = new(common, 0.01), others = new(other, 0.01);
        Assert.Contains("of its own", Assert.Throws<ArgumentException>(() => new SharedOptimizer(common, common, optimizer)).Message, StringComparison.Ordinal);
        Assert.Contains("same class", Assert.Throws<ArgumentException>(() => new SharedOptimizer(other, common, optimizer)).Message, StringComparison.Ordinal);
        Assert.Contains("another network", Assert.Throws<ArgumentException>(() => new SharedOptimizer(own, common, others)).Message, StringComparison.Ordinal);
    }

    private static void Work(int worker, Mover common, Mover target, Optimizer optimizer)
    {
        using Mover own = new();
        using SharedOptimizer shared = new(own, common, optimizer);
        Follow(own, target, shared, (ulong)worker);
    }

    // Sixty steps towards what the target gives for points of the worker's own.
    private static void Follow(Mover own, Mover target, Optimizer optimizer, ulong seed)
    {
        Dlm.Runtime.Data.RandomStream random = new(seed);
        using Mover ahead = new();
        Objectives.Follow objective = new(own, ahead, optimizer, rate: 0, period: 1_000_000);
        for (int i = 0; i < 60; i++)
        {
            using var scope = NewDisposeScope();
            Tensor points = tensor([.. Enumerable.Range(0, 32).Select(_ => (float)random.NextDouble(-1, 1))]).reshape(8, 4);
            using var noGradient = no_grad();
            Tensor goal = target.call(points);
            using var gradient = enable_grad();
            objective.Step(points, goal);
        }
    }

    private static double Distance(Mover one, Mover other) => Math.Sqrt(Values(one).Zip(Values(other), (a, b) => (double)(a - b) * (a - b)).Sum());

    private static float[] Values(nn.Module network) => [.. network.parameters().SelectMany(parameter => parameter.flatten().data<float>().ToArray())];
}
