using Dlm.Runtime.Reinforcement;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Reinforcement;

public sealed class EnvironmentTests
{
    private static readonly PythonReference Gymnasium = new("Reinforcement/reference/cartpole.py");

    [Theory]
    [InlineData("still", 0, 0, 0, 0)]
    [InlineData("leaning", 0.03, -0.02, 0.04, -0.01)]
    [InlineData("moving", -0.05, 0.05, -0.05, 0.05)]
    public void A_cart_pole_moves_and_falls_as_Gymnasiums(string start, double place, double speed, double angle, double turning)
    {
        foreach (string policy in (string[])["alternate", "right", "balance", "chase"])
        {
            CartPole pole = new(seed: 1);
            pole.Reset();
            pole.SetMotion(place, speed, angle, turning);
            double[] expected = Gymnasium.Numbers(start, policy, "states");
            int steps = (int)Gymnasium.Numbers(start, policy, "steps")[0];
            double[] state = [place, speed, angle, turning];
            for (int i = 0; i < steps; i++)
            {
                int action = policy switch
                {
                    "alternate" => i % 2,
                    "right" => 1,
                    "balance" => state[2] + 0.3 * state[3] > 0 ? 1 : 0,
                    _ => state[2] > 0 ? 1 : 0,
                };
                StepResult result = pole.Step(action);
                state = [.. pole.State.Split(' ')[3..].Select(double.Parse)];
                if (i % 10 == 9) PythonReference.Close(expected[(i / 10 * 4)..(i / 10 * 4 + 4)], state, 1e-9);
                Assert.Equal(1, result.Reward);
                Assert.Equal(i == 499, result.Truncated);
                Assert.Equal(Math.Abs(state[0]) > 2.4 || Math.Abs(state[2]) > Math.PI / 15, result.Terminated);
                Assert.Equal(i == steps - 1, result.Ended);
            }

            Assert.Throws<InvalidOperationException>(() => pole.Step(0));
        }
    }

    [Fact]
    public Task The_reference_is_what_Python_says_here() => Gymnasium.RequireSame(1e-9);

    [Fact]
    public void Cart_poles_begin_somewhere_within_the_middle()
    {
        CartPole pole = new(seed: 2);
        float[] seen = new float[4];
        List<float> all = [];
        for (int i = 0; i < 500; i++)
        {
            pole.Reset();
            pole.Observe(seen);
            all.AddRange(seen);
        }

        Assert.All(all, value => Assert.InRange(value, -0.05f, 0.05f));
        Assert.InRange(all.Average(value => value * value), 0.05 * 0.05 / 3 * 0.93, 0.05 * 0.05 / 3 * 1.07);
    }

    [Fact]
    public void A_ball_is_caught_by_who_moves_below_it()
    {
        Catch court = new(seed: 3, rows: 6, columns: 5, scale: 2);
        float[] seen = new float[6 * 5 * 4];
        HashSet<int> columns = [];
        for (int episode = 0; episode < 40; episode++)
        {
            court.Reset();
            court.Observe(seen);
            int ball = Array.IndexOf(seen, 1) / 2, paddle = 2;
            columns.Add(ball);
            Assert.Equal(8, seen.Sum());
            bool play = episode % 2 == 0;
            for (int row = 1; row < 6; row++)
            {
                int action = !play ? 1 : ball < paddle ? 0 : ball > paddle ? 2 : 1;
                paddle += action - 1;
                StepResult result = court.Step(action);
                court.Observe(seen);

                Assert.Equal(row == 5, result.Terminated);
                Assert.Equal(row < 5 ? 0 : paddle == ball ? 1 : -1, result.Reward);
                for (int i = 0; i < seen.Length; i++)
                {
                    (int y, int x) = (i / 10 / 2, i % 10 / 2);
                    Assert.Equal((y == row && x == ball) || (y == 5 && x == paddle) ? 1 : 0, seen[i]);
                }
            }
        }

        Assert.Equal(5, columns.Count);
        Assert.Equal([1, 12, 10], court.ObservationShape);
    }

    [Fact]
    public void Steps_that_cannot_be_made_are_errors()
    {
        Catch court = new(seed: 1);
        Assert.Contains("call Reset first", Assert.Throws<InvalidOperationException>(() => court.Step(1)).Message, StringComparison.Ordinal);
        court.Reset();
        Assert.Contains("The actions are 0 to 2", Assert.Throws<ArgumentOutOfRangeException>(() => court.Step(3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Environments_step_together_and_begin_again()
    {
        using var scope = NewDisposeScope();
        VectorEnvironment courts = new(new Catch(1, rows: 4), new Catch(2, rows: 4), new Catch(3, rows: 4));
        Tensor before = courts.Observe();
        List<double> returns = [];
        for (int step = 0; step < 6; step++)
        {
            IReadOnlyList<double> finished = courts.Step([0, 1, 2]);
            returns.AddRange(finished);
            Assert.Equal(step % 3 == 2 ? 3 : 0, finished.Count);
            Assert.All(courts.Results, result => Assert.Equal(step % 3 == 2, result.Ended));

            // Next shows the end of the episode, and what is seen now the beginning of another.
            bool same = courts.Next.AsSpan().SequenceEqual(courts.Observe().data<float>().ToArray());
            Assert.Equal(step % 3 != 2, same);
        }

        Assert.Equal([3, 1, 4, 5], before.shape);
        Assert.All(returns, value => Assert.True(value is 1 or -1));
        Assert.Throws<ArgumentException>(() => courts.Step([0, 1]));
        Assert.Throws<ArgumentException>(() => new VectorEnvironment(new Catch(1), new CartPole(1)));
    }

    [Fact]
    public void The_state_is_all_that_comes_after()
    {
        VectorEnvironment first = Some(1), second = Some(7);
        for (int i = 0; i < 37; i++) first.Step([i % 2, 1]);
        second.Step([0, 1]);

        second.State = first.State;

        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(first.Step([i % 3 / 2, 0]), second.Step([i % 3 / 2, 0]));
            Assert.Equal(first.Next, second.Next);
        }

        Assert.Throws<FormatException>(() => second.State = "nothing");
        Assert.Throws<FormatException>(() => new CartPole(1).State = "x y");
        Assert.Throws<FormatException>(() => new Catch(1, columns: 3).State = new Catch(1).State.Replace(" 0 0 0", " 4 0 4"));

        static VectorEnvironment Some(ulong seed) => new(new CartPole(seed), new CartPole(seed + 1));
    }
}
