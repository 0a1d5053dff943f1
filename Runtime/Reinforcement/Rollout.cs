using System.Runtime.InteropServices;
using Dlm.Runtime.Data;
using static TorchSharp.torch;

namespace Dlm.Runtime.Reinforcement;

/// <summary>Acts in environments by a policy, some steps at a time, and says what was won: what actor-critics learn from.</summary>
/// <remarks>Actions are drawn from a stream of its own, so that a seed decides them on any thread.</remarks>
/// <param name="environments">Where to act.</param>
/// <param name="seed">The same seed draws the same.</param>
/// <param name="discount">What a reward is worth a step earlier.</param>
public sealed class Rollout(VectorEnvironment environments, ulong seed, double discount = 0.99)
{
    private readonly RandomStream _random = new(seed);
    private readonly List<double> _finished = [];

    /// <summary>The sums of rewards of the episodes that ended in the last <see cref="Collect"/>, in their order.</summary>
    public IReadOnlyList<double> Finished => _finished;

    /// <summary>Acts for some steps in each environment.</summary>
    /// <param name="steps">How many: T.</param>
    /// <param name="network">What a state, [N, ...], is thought to be worth, [N], with a logit for each action, [N, actions].</param>
    /// <returns>"state", float32 [T * N, ...]; "action", int64 [T * N]; and "gain", float32 [T * N]: the rewards until the last step, and what the network thinks is ahead of it.</returns>
    public Batch Collect(int steps, Func<Tensor, (Tensor Logits, Tensor Value)> network)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        _finished.Clear();
        int count = environments.Count;
        Tensor[] states = new Tensor[steps];
        long[] actions = new long[steps * count];
        float[,] rewards = new float[count, steps], ahead = new float[count, steps];
        bool[,] ended = new bool[count, steps];
        for (int t = 0; t < steps; t++)
        {
            using var inner = NewDisposeScope();
            states[t] = environments.Observe();
            int[] chosen = Choose(network(states[t]).Logits);
            _finished.AddRange(environments.Step(chosen));
            states[t].MoveToOuterDisposeScope();
            float[]? values = t == steps - 1 || environments.Results.Any(result => result.Truncated) ? Values(network) : null;
            for (int i = 0; i < count; i++)
            {
                StepResult result = environments.Results[i];
                actions[t * count + i] = chosen[i];
                (rewards[i, t], ended[i, t]) = (result.Reward, result.Ended);
                ahead[i, t] = result.Terminated || values is null ? 0 : values[i];
            }
        }

        Tensor gains = stack([.. Enumerable.Range(0, count).Select(i => tensor(Returns.Bootstrapped(Row(rewards, i), Row(ended, i), Row(ahead, i), discount)))], 1).flatten();
        Tensor seen = cat(states, 0);
        return new Batch(
            [.. Enumerable.Range(0, steps * count).Select(place => (long)place)],
            ("state", seen.MoveToOuterDisposeScope()), ("action", tensor(actions).MoveToOuterDisposeScope()), ("gain", gains.MoveToOuterDisposeScope()));
    }

    private static ReadOnlySpan<T> Row<T>(T[,] table, int row) => MemoryMarshal.CreateReadOnlySpan(ref table[row, 0], table.GetLength(1));

    private float[] Values(Func<Tensor, (Tensor Logits, Tensor Value)> network)
    {
        long[] shape = [environments.Count, .. environments.ObservationShape.Select(side => (long)side)];
        return network(tensor(environments.Next).reshape(shape)).Value.cpu().data<float>().ToArray();
    }

    private int[] Choose(Tensor logits)
    {
        float[] chances = logits.softmax(1).cpu().data<float>().ToArray();
        int actions = chances.Length / environments.Count;
        int[] chosen = new int[environments.Count];
        for (int i = 0; i < chosen.Length; i++)
        {
            double left = _random.NextDouble();
            while (chosen[i] < actions - 1 && (left -= chances[i * actions + chosen[i]]) >= 0) chosen[i]++;
        }

        return chosen;
    }
}
