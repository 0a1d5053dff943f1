namespace Dlm.Runtime.Data.Text;

/// <summary>Joins neighbours of a row of numbers by a list of pairs, the first pair of the list wherever it stands, then the second, and so on.</summary>
internal sealed class PairMerges
{
    private readonly Dictionary<(int Left, int Right), (int Rank, int Result)> _merges = [];

    /// <summary>Takes the pairs in the order in which they were learnt; a pair that comes again keeps its first place.</summary>
    public PairMerges(IEnumerable<(int Left, int Right, int Result)> merges)
    {
        int rank = 0;
        foreach ((int left, int right, int result) in merges) _merges.TryAdd((left, right), (rank++, result));
    }

    /// <summary>Joins what can be joined, in time n log n.</summary>
    public int[] Apply(ReadOnlySpan<int> row)
    {
        if (row.Length < 2) return row.ToArray();
        int[] values = row.ToArray(), next = new int[values.Length], previous = new int[values.Length];
        PriorityQueue<(int At, int Left, int Right), (int Rank, int At)> found = new();
        for (int i = 0; i < values.Length; i++) (previous[i], next[i]) = (i - 1, i + 1);
        for (int i = 0; i + 1 < values.Length; i++) Consider(i);
        while (found.TryDequeue(out var pair, out _))
        {
            int right = values[pair.At] == pair.Left ? next[pair.At] : values.Length;
            if (right >= values.Length || values[right] != pair.Right) continue; // one of the two has been joined meanwhile
            values[pair.At] = _merges[(pair.Left, pair.Right)].Result;
            values[right] = Gone;
            next[pair.At] = next[right];
            if (next[right] < values.Length) previous[next[right]] = pair.At;
            Consider(pair.At);
            if (previous[pair.At] >= 0) Consider(previous[pair.At]);
        }

        return Array.FindAll(values, value => value != Gone);

        void Consider(int at)
        {
            if (next[at] >= values.Length) return;
            (int Left, int Right) pair = (values[at], values[next[at]]);
            if (_merges.TryGetValue(pair, out var merge)) found.Enqueue((at, pair.Left, pair.Right), (merge.Rank, at));
        }
    }

    private const int Gone = -1;
}
