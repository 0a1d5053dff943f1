namespace Dlm.Runtime.Data.Text;

/// <summary>
/// A binary tree with a word at each leaf, the nearer to the root the more often the word comes up (Huffman, 1952): no other tree has shorter paths in the
/// mean. Hierarchical softmax guesses a word turn by turn along its path (Morin and Bengio, 2005; Mikolov et al., 2013).
/// </summary>
public sealed class HuffmanTree
{
    private readonly int[][] _points;
    private readonly bool[][] _codes;

    /// <summary>Grows the tree. Words that come up equally often keep their order, so that the same counts give the same tree everywhere.</summary>
    /// <param name="counts">How often each word comes up: <see cref="FrequentWords.Count"/>; one that never does has a long path.</param>
    /// <exception cref="ArgumentException">There are fewer than two words, or a count is negative.</exception>
    public HuffmanTree(IReadOnlyList<long> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.Count < 2) throw new ArgumentException("A tree needs two words at least.", nameof(counts));
        if (counts.Any(count => count < 0)) throw new ArgumentException("A word cannot come up less than never.", nameof(counts));
        int words = counts.Count;
        (int[] parents, bool[] rights) = Grow(counts);
        (_points, _codes) = (new int[words][], new bool[words][]);
        List<int> points = [];
        List<bool> codes = [];
        for (int word = 0; word < words; word++)
        {
            points.Clear();
            codes.Clear();
            for (int node = word; parents[node] >= 0; node = parents[node])
            {
                codes.Add(rights[node]);
                points.Add(parents[node] - words);
            }

            points.Reverse();
            codes.Reverse();
            (_points[word], _codes[word]) = ([.. points], [.. codes]);
            Depth = Math.Max(Depth, points.Count);
        }
    }

    /// <summary>How many words there are.</summary>
    public int Words => _points.Length;

    /// <summary>How many inner nodes there are, numbered from 0: one less than words. The root is the last.</summary>
    public int Nodes => _points.Length - 1;

    /// <summary>How many turns the longest path has.</summary>
    public int Depth { get; }

    /// <summary>The inner nodes from the root on to a word.</summary>
    public ReadOnlySpan<int> Points(int word) => _points[word];

    /// <summary>At each of <see cref="Points"/>, whether the path turns right.</summary>
    public ReadOnlySpan<bool> Codes(int word) => _codes[word];

    // Leaves are numbered as their words, inner nodes go on from there in the order in which they are made. The two lightest are joined.
    private static (int[] Parents, bool[] Rights) Grow(IReadOnlyList<long> counts)
    {
        int words = counts.Count;
        int[] parents = new int[2 * words - 1];
        bool[] rights = new bool[2 * words - 1];
        PriorityQueue<int, (long Weight, int Node)> lightest = new();
        for (int word = 0; word < words; word++) lightest.Enqueue(word, (counts[word], word));
        for (int node = words; node < parents.Length; node++)
        {
            lightest.TryDequeue(out int left, out var leftWeight);
            lightest.TryDequeue(out int right, out var rightWeight);
            (parents[left], parents[right], rights[right]) = (node, node, true);
            lightest.Enqueue(node, (leftWeight.Weight + rightWeight.Weight, node));
        }

        parents[^1] = -1;
        return (parents, rights);
    }
}
