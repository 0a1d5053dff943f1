using Dlm.Runtime.Data;
using Dlm.Runtime.Reinforcement;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Reinforcement;

public sealed class ReturnsTests
{
    [Fact]
    public void An_episodes_returns_are_what_one_counts_by_hand()
    {
        Assert.Equal([1 + 0.5f * (2 + 0.5f * 4), 2 + 0.5f * 4, 4], Returns.Discounted([1, 2, 4], 0.5));
        Assert.Equal([6, 5, 3], Returns.Discounted([1, 2, 3], 1));
        Assert.Empty(Returns.Discounted([], 0.9));
    }

    [Fact]
    public void What_is_ahead_counts_behind_the_last_step_and_behind_an_episode_that_was_broken_off()
    {
        // A fall at the second step, an episode broken off at the fourth, and one that goes on behind the fifth.
        float[] gains = Returns.Bootstrapped([1, 2, 3, 4, 5], [false, true, false, true, false], [100, 0, 100, 8, 16], 0.5);
        Assert.Equal([1 + 0.5f * 2, 2, 3 + 0.5f * (4 + 0.5f * 8), 4 + 0.5f * 8, 5 + 0.5f * 16], gains);
        Assert.Throws<ArgumentException>(() => Returns.Bootstrapped([1, 2], [false], [0, 0], 0.5));
    }

    [Fact]
    public void A_rollout_holds_what_was_done_and_what_followed()
    {
        using var scope = NewDisposeScope();
        Catch first = new(seed: 1, rows: 4, columns: 3), second = new(seed: 2, rows: 4, columns: 3);
        Rollout rollout = new(new VectorEnvironment(first, second), seed: 3, discount: 0.5);

        // Always to the right, and every state is worth 0.25.
        (Tensor, Tensor) Right(Tensor seen) => (tensor([-50f, -50f, 50f]).expand(seen.shape[0], 3), full(seen.shape[0], 0.25));
        using Batch batch = rollout.Collect(5, Right);

        Assert.Equal([10, 1, 4, 3], batch["state"].shape);
        Assert.All(batch["action"].data<long>(), action => Assert.Equal(2, action));
        float[] gains = batch["gain"].data<float>().ToArray();
        Assert.Equal(2, rollout.Finished.Count); // an episode has three steps
        for (int i = 0; i < 2; i++)
        {
            double won = rollout.Finished[i];
            double[] expected = [won / 4, won / 2, won, 0.25 / 4, 0.25 / 2];
            Assert.All(Enumerable.Range(0, 5), t => Assert.Equal(expected[t], gains[2 * t + i], 1e-6));
        }

        Assert.Equal(0, batch["state"][.., 0, 0].index_select(0, tensor([4L, 5])).sum().item<float>()); // the third state: the ball is in the third row
    }

    [Fact]
    public void Actions_are_drawn_by_their_chances_and_a_broken_off_episode_has_something_ahead()
    {
        using var scope = NewDisposeScope();
        Rollout rollout = new(new VectorEnvironment([.. Enumerable.Range(0, 50).Select(i => new CartPole((ulong)i, longest: 2))]), seed: 4, discount: 1);
        Tensor logits = tensor([0.2f, 0.8f]).log();
        using Batch batch = rollout.Collect(40, seen => (logits.expand(seen.shape[0], 2), full(seen.shape[0], 7)));
        double share = batch["action"].to(ScalarType.Float32).mean().item<float>();
        Assert.InRange(share, 0.8 - 4.5 * Math.Sqrt(0.16 / 2000), 0.8 + 4.5 * Math.Sqrt(0.16 / 2000));
        float[] gains = batch["gain"].data<float>().ToArray();
        Assert.Equal([9, 8], [gains[0], gains[50]]);
        Assert.All(rollout.Finished, won => Assert.Equal(2, won));
    }
}
