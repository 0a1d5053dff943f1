namespace Dlm.Runtime.Data.Text;

/// <summary>Learns which pieces of words to join: again and again the pair of neighbours that comes up most often (Sennrich et al., 2016).</summary>
internal sealed class PairLearning
{
    private readonly List<string> _entries;
    private readonly Dictionary<string, int> _numbers;
    private readonly Func<string, string, string> _join;
    private readonly List<(int[] Pieces, long Count)> _words = [];
    private readonly Dictionary<(int, int), long> _counts = [];
    private readonly Dictionary<(int, int), HashSet<int>> _places = [];
    private readonly PriorityQueue<(int, int), (long, int, int)> _queue = new();

    /// <summary>Starts with pieces that are there already.</summary>
    /// <param name="entries">The pieces; new ones are added behind.</param>
    /// <param name="join">What two pieces become.</param>
    public PairLearning(List<string> entries, Func<string, string, string> join)
    {
        (_entries, _join) = (entries, join);
        _numbers = entries.Select((entry, number) => KeyValuePair.Create(entry, number)).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Joins pairs until there are <paramref name="size"/> entries, or none comes up <paramref name="least"/> times.</summary>
    /// <param name="words">Words as their pieces, and how often each comes up.</param>
    /// <param name="size">How many entries there shall be.</param>
    /// <param name="least">How often a pair must come up to be joined.</param>
    /// <returns>The pairs in the order in which they were joined. Of pairs that come up equally often, the one of the older pieces comes first.</returns>
    public List<(int Left, int Right, int Result)> Learn(IEnumerable<(int[] Pieces, long Count)> words, int size, int least)
    {
        _words.AddRange(words);
        for (int word = 0; word < _words.Count; word++) Count(word, 1);
        foreach ((int, int) pair in _counts.Keys) Enqueue(pair);
        List<(int, int, int)> merges = [];
        while (_entries.Count < size && _queue.TryDequeue(out (int Left, int Right) pair, out var rank))
        {
            long count = _counts.GetValueOrDefault(pair);
            if (count != -rank.Item1) continue; // it was put in again when its count changed
            if (count < least) break;
            int result = NumberOf(_join(_entries[pair.Left], _entries[pair.Right]));
            merges.Add((pair.Left, pair.Right, result));
            Join(pair, result);
        }

        return merges;
    }

    private int NumberOf(string entry)
    {
        // The same letters may have been joined in another place: "ab" + "c" and "a" + "bc".
        if (_numbers.TryGetValue(entry, out int number)) return number;
        _numbers.Add(entry, _entries.Count);
        _entries.Add(entry);
        return _entries.Count - 1;
    }

    private void Join((int Left, int Right) pair, int result)
    {
        HashSet<(int, int)> changed = [];
        foreach (int word in _places[pair].ToArray())
        {
            changed.UnionWith(Count(word, -1));
            int[] pieces = _words[word].Pieces;
            List<int> joined = [];
            for (int i = 0; i < pieces.Length; i++)
            {
                bool here = i + 1 < pieces.Length && pieces[i] == pair.Left && pieces[i + 1] == pair.Right;
                joined.Add(here ? result : pieces[i]);
                if (here) i++;
            }

            _words[word] = ([.. joined], _words[word].Count);
            changed.UnionWith(Count(word, 1));
        }

        foreach ((int, int) other in changed) Enqueue(other);
    }

    private HashSet<(int, int)> Count(int word, int sign)
    {
        (int[] pieces, long count) = _words[word];
        HashSet<(int, int)> pairs = [];
        for (int i = 0; i + 1 < pieces.Length; i++)
        {
            (int, int) pair = (pieces[i], pieces[i + 1]);
            _counts[pair] = _counts.GetValueOrDefault(pair) + sign * count;
            pairs.Add(pair);
            if (!_places.TryGetValue(pair, out HashSet<int>? places)) _places[pair] = places = [];
            if (sign > 0) places.Add(word);
            else places.Remove(word);
        }

        return pairs;
    }

    private void Enqueue((int Left, int Right) pair)
    {
        if (_counts.TryGetValue(pair, out long count) && count > 0) _queue.Enqueue(pair, (-count, pair.Left, pair.Right));
    }
}
