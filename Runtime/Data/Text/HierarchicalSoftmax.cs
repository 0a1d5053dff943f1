using System.Runtime.InteropServices;
using Dlm.Runtime.Data.Transforms;
using static TorchSharp.torch;

namespace Dlm.Runtime.Data.Text;

/// <summary>
/// Adds to a batch the paths of its words through a tree (Mikolov et al., 2013): "points", int64 [B, K], the inner nodes; "codes", bool [B, K], where the path
/// turns right; and "path", bool [B, K], true as far as a path goes. K is the longest of the batch.
/// </summary>
/// <param name="tree">The tree: <c>new HuffmanTree(FrequentWords.Count(text, vocabulary))</c>.</param>
public sealed class HierarchicalSoftmax(HuffmanTree tree) : ITransform
{
    /// <summary>Which tensor of the batch, int64 [B], holds the words to guess: "context" for <see cref="SkipGrams"/>, "center" for <see cref="WordContexts"/>.</summary>
    public string Field { get; init; } = "context";

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The words are not one for each sample.</exception>
    public Batch Apply(Batch batch, int epoch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        long[] words = batch[Field].ToArray<long>();
        if (words.Length != batch.Count) throw new InvalidOperationException($"A path leads to one word a sample, int64 [B]; '{Field}' is [{string.Join(", ", batch[Field].shape)}].");
        int longest = words.Max(word => tree.Points((int)word).Length);
        Tensor points = zeros([words.Length, longest], dtype: ScalarType.Int64);
        Tensor codes = zeros([words.Length, longest], dtype: ScalarType.Bool), path = zeros([words.Length, longest], dtype: ScalarType.Bool);
        Span<long> allPoints = MemoryMarshal.Cast<byte, long>(points.bytes);
        Span<byte> allCodes = codes.bytes, allPath = path.bytes;
        for (int row = 0; row < words.Length; row++)
        {
            ReadOnlySpan<int> nodes = tree.Points((int)words[row]);
            ReadOnlySpan<bool> turns = tree.Codes((int)words[row]);
            for (int i = 0; i < nodes.Length; i++)
            {
                int at = row * longest + i;
                (allPoints[at], allCodes[at], allPath[at]) = (nodes[i], turns[i] ? (byte)1 : (byte)0, 1);
            }
        }

        return batch.With(("points", points), ("codes", codes), ("path", path));
    }
}
