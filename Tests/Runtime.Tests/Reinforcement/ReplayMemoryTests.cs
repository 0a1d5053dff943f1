using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data;
using Dlm.Runtime.Reinforcement;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Reinforcement;

public sealed class ReplayMemoryTests
{
    [Fact]
    public void The_last_transitions_are_kept_and_drawn_alike()
    {
        ReplayMemory memory = Filled(new ReplayMemory(10, [2], seed: 1), 25);
        const int Draws = 20_000;

        using Batch batch = memory.Sample(Draws);
        long[] actions = batch["action"].data<long>().ToArray();

        Assert.Equal(10, memory.Count);
        foreach (IGrouping<long, long> action in actions.GroupBy(action => action))
        {
            Assert.InRange(action.Key, 15, 24);
            Assert.InRange(Math.Abs(action.Count() - Draws / 10), 0, 4.5 * Math.Sqrt(Draws * 0.1 * 0.9));
        }

        Assert.Equal(10, actions.Distinct().Count());
        Assert.Equal([Draws, 2], batch["state"].shape);
        float[] states = batch["state"].data<float>().ToArray(), nexts = batch["next"].data<float>().ToArray();
        float[] rewards = batch["reward"].data<float>().ToArray(), ends = batch["done"].to(ScalarType.Float32).data<float>().ToArray();
        for (int i = 0; i < Draws; i++)
        {
            Assert.Equal((actions[i], -actions[i], actions[i] + 1, 0.5f * actions[i], actions[i] % 5 == 0 ? 1 : 0), (states[2 * i], states[2 * i + 1], nexts[2 * i], rewards[i], ends[i]));
        }
    }

    [Fact]
    public void What_the_agent_was_wrong_about_is_drawn_more_often()
    {
        const int Draws = 50_000;
        PrioritizedReplayMemory memory = new(4, [2], seed: 2, alpha: 0.5, beta: 1, epsilon: 1e-6);
        Filled(memory, 4);
        memory.Update(new Batch([0, 1, 2, 3]), tensor(new float[] { 1, -4, 9, 0 }));

        using Batch batch = memory.Sample(Draws);
        double[] priorities = [1, 2, 3, 1e-3];
        float[] weights = batch["weight"].data<float>().ToArray();

        for (int place = 0; place < 4; place++)
        {
            int count = batch.Indices.Count(index => index == place);
            double share = priorities[place] / priorities.Sum();
            Assert.InRange(Math.Abs(count - share * Draws), 0, 2 + 0.001 * Draws); // one from each stretch: closer than chance alone
        }

        // (4 * share)^-1, over the largest, which belongs to the transition without an error.
        for (int i = 0; i < 100; i++) Assert.Equal(1e-3 / priorities[batch.Indices[i]], weights[i], 1e-5);
        memory.Beta = 0;
        using Batch plain = memory.Sample(4);
        Assert.Equal([1, 1, 1, 1], plain["weight"].data<float>().ToArray());
    }

    [Fact]
    public void New_transitions_have_the_largest_priority_so_far()
    {
        PrioritizedReplayMemory memory = new(3, [2], seed: 3, alpha: 1);
        Filled(memory, 3);
        memory.Update(new Batch([0, 1, 2]), tensor(new float[] { 99, 1, 1 }));
        Filled(memory, 1); // takes the place of the first

        using Batch batch = memory.Sample(1000);

        Assert.InRange(batch.Indices.Count(index => index == 0), 975, 985);
    }

    [Fact]
    public void Sums_are_found_whatever_the_numbers()
    {
        SumTree tree = new(11);
        RandomStream random = new(4);
        double[] numbers = new double[11];
        for (int round = 0; round < 500; round++)
        {
            int place = (int)random.NextInt64(11);
            tree[place] = numbers[place] = round % 3 == 0 ? 0 : Math.Pow(10, random.NextDouble(-8, 8));

            Assert.Equal(numbers.Sum(), tree.Sum, 1e-9 * numbers.Sum() + 1e-300);
            for (int i = 0; i < 5; i++) Assert.True(numbers.Sum() == 0 || numbers[tree.Find(random.NextDouble() * tree.Sum)] > 0);
            if (numbers.Sum() > 0) Assert.True(numbers[tree.Find(tree.Sum)] > 0);
        }

        double before = 0;
        for (int place = 0; place < 11; place++)
        {
            if (numbers[place] > tree.Sum * 1e-6) Assert.Equal(place, tree.Find(before + numbers[place] / 2));
            before += numbers[place];
        }
    }

    [Theory]
    [InlineData(false, 7)]
    [InlineData(true, 7)]
    [InlineData(true, 33)]
    public void A_checkpoint_keeps_all_of_it(bool prioritized, int transitions)
    {
        ReplayMemory first = Make(5), second = Make(6);
        Filled(first, transitions);
        Filled(second, 20);
        if (first is PrioritizedReplayMemory wrong)
        {
            using Batch batch = wrong.Sample(5);
            wrong.Update(batch, tensor(new float[] { 3, 1, 4, 1, 5 }));
            wrong.Beta = 0.7;
        }

        using TemporaryFolder folder = new();
        using (CheckpointState state = new())
        {
            first.Save(state, "memory");
            CheckpointFile.Write(folder.File("memory.dlm"), state);
        }

        using (CheckpointState state = CheckpointFile.Read(folder.File("memory.dlm"))) second.Load(state, "memory");

        for (int i = 0; i < 5; i++)
        {
            using Batch a = first.Sample(8), b = second.Sample(8);
            Assert.Equal(a.Indices, b.Indices);
            foreach (string name in a.Names) Assert.Equal(a[name].to(ScalarType.Float32).data<float>().ToArray(), b[name].to(ScalarType.Float32).data<float>().ToArray());
            Filled(first, 3);
            Filled(second, 3);
        }

        using CheckpointState other = new();
        Filled(new ReplayMemory(50, [2], 1), 40).Save(other, "memory");
        Assert.Contains("held 40 transitions, and this memory keeps 16", Assert.Throws<CheckpointException>(() => second.Load(other, "memory")).Message, StringComparison.Ordinal);

        ReplayMemory Make(ulong seed) => prioritized ? new PrioritizedReplayMemory(16, [2], seed) : new ReplayMemory(16, [2], seed);
    }

    [Fact]
    public void What_cannot_be_kept_or_drawn_is_an_error()
    {
        ReplayMemory memory = new(4, [3], 1);
        Assert.Throws<InvalidOperationException>(() => memory.Sample(1));
        Assert.Contains("A state has 3 numbers here, and 2 were given", Assert.Throws<ArgumentException>(() => memory.Add([1, 2], 0, 0, [1, 2, 3], false)).Message, StringComparison.Ordinal);
        PrioritizedReplayMemory wrong = new(4, [1], 1);
        wrong.Add([1], 0, 0, [1], false);
        Assert.Contains("training has diverged", Assert.Throws<ArgumentException>(() => wrong.Update(new Batch([0]), tensor(new[] { float.NaN }))).Message, StringComparison.Ordinal);
        Assert.Contains("at most", Assert.Throws<ArgumentOutOfRangeException>(() => new ReplayMemory(1_000_000, [4, 84, 84], 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        PrioritizedReplayMemory memory = new(16, [2], 1);
        Filled(memory, 16);
        Use();
        long before = LiveTensors.Count();
        Use();
        Assert.Equal(before, LiveTensors.Count());

        void Use()
        {
            using Batch batch = memory.Sample(4);
            using Tensor errors = zeros(4);
            memory.Update(batch, errors);
            using CheckpointState state = new();
            memory.Save(state, "memory");
            memory.Load(state, "memory");
        }
    }

    private static ReplayMemory Filled(ReplayMemory memory, int transitions)
    {
        for (int i = 0; i < transitions; i++) memory.Add([i, -i], i, 0.5f * i, [i + 1, 0], i % 5 == 0);
        return memory;
    }
}
