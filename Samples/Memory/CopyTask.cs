using Dlm.Runtime.Data;
using static TorchSharp.torch;

namespace Dlm.Samples.Memory;

/// <summary>
/// Sequences of random bits to be remembered (Graves et al., 2014, section 4.1): each is shown, then comes a sign, then nothing for as long as it takes to
/// write it down. Those of a batch are equally long.
/// </summary>
/// <param name="count">How many there are.</param>
/// <param name="bits">How many bits each vector of a sequence has.</param>
/// <param name="shortest">The least vectors of a sequence.</param>
/// <param name="longest">The most.</param>
/// <param name="seed">Where chance begins.</param>
internal sealed class CopyTask(long count, int bits, int shortest, int longest, ulong seed) : IDataset
{
    public long Count => count;

    public string SampleNoun => "sequences";

    public Batch Read(ReadOnlySpan<long> indices)
    {
        int length = shortest + (int)new RandomStream(seed, (ulong)indices[0]).NextInt64(longest - shortest + 1), steps = 2 * length + 1;
        float[] x = new float[indices.Length * steps * (bits + 1)], answer = new float[indices.Length * length * bits];
        for (int i = 0; i < indices.Length; i++)
        {
            RandomStream chance = new(seed + 1, (ulong)indices[i]);
            x[(i * steps + length) * (bits + 1) + bits] = 1; // the sign
            for (int at = 0; at < length * bits; at++)
            {
                float bit = chance.NextInt64(2);
                answer[i * length * bits + at] = bit;
                x[(i * steps + at / bits) * (bits + 1) + at % bits] = bit;
            }
        }

        return new Batch(
            indices,
            ("x", tensor(x, [indices.Length, steps, bits + 1])),
            ("answer", tensor(answer, [indices.Length, length, bits])));
    }
}
