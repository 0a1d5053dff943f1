using Dlm.Runtime.Data;
using static TorchSharp.torch;

namespace Dlm.Samples.Memory;

/// <summary>
/// Vectors of which some numbers are 1 or -1 and the rest 0, and whether those that are 1 are odd in number (Graves, 2016, section 3.1). The more there are
/// of either, the harder it is.
/// </summary>
/// <param name="count">How many vectors there are.</param>
/// <param name="bits">How long each is.</param>
/// <param name="easiest">The least numbers that are not 0.</param>
/// <param name="hardest">The most.</param>
/// <param name="seed">Where chance begins.</param>
internal sealed class ParityTask(long count, int bits, int easiest, int hardest, ulong seed) : IDataset
{
    public long Count => count;

    public string SampleNoun => "vectors";

    public Batch Read(ReadOnlySpan<long> indices)
    {
        float[] x = new float[indices.Length * bits], parity = new float[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            RandomStream chance = new(seed, (ulong)indices[i]);
            Span<float> vector = x.AsSpan(i * bits, bits);
            long set = easiest + chance.NextInt64(hardest - easiest + 1);
            for (int at = 0; at < set; at++)
            {
                vector[at] = 2 * chance.NextInt64(2) - 1;
                if (vector[at] > 0) parity[i] = 1 - parity[i];
            }
        }

        return new Batch(indices, ("x", tensor(x, [indices.Length, bits])), ("parity", tensor(parity, [indices.Length, 1])));
    }
}
