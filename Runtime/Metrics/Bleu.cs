namespace Dlm.Runtime.Metrics;

/// <summary>
/// How much a translation has in common with those of people (Papineni et al., 2002): the geometric mean of the shares of its runs of one to four words
/// that a reference has too, less where it is shorter. It is counted over a whole corpus, and without smoothing.
/// </summary>
public sealed class Bleu
{
    private readonly long[] _matched, _said;
    private long _length, _referenceLength;

    /// <summary>Nothing counted yet.</summary>
    /// <param name="order">The longest runs of words that count; 4 is the usual.</param>
    public Bleu(int order = 4)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        (_matched, _said) = (new long[order], new long[order]);
    }

    /// <summary>How it is punished that the translations are shorter than the references: 1 where they are not, else exp(1 - r / c).</summary>
    public double BrevityPenalty => _length == 0 ? 0 : _length >= _referenceLength ? 1 : Math.Exp(1 - (double)_referenceLength / _length);

    /// <summary>The score of all that was added, from 0 to 1; papers give it times 100. Without a run of the longest kind in common it is 0.</summary>
    public double Score => _matched.Any(count => count == 0) ? 0 : BrevityPenalty * Math.Exp(Enumerable.Range(1, _matched.Length).Average(n => Math.Log(Precision(n))));

    /// <summary>The share of the runs of <paramref name="n"/> words that a reference has too, each at most as often as one reference has it.</summary>
    public double Precision(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, _matched.Length);
        return _said[n - 1] == 0 ? 0 : (double)_matched[n - 1] / _said[n - 1];
    }

    /// <summary>Counts a sentence.</summary>
    /// <param name="translation">The words of the translation.</param>
    /// <param name="references">The words of one right translation or several; the one that is closest in length is what its length is held against.</param>
    /// <exception cref="ArgumentException">There is no reference.</exception>
    public void Add(IReadOnlyList<string> translation, params IReadOnlyList<IReadOnlyList<string>> references)
    {
        ArgumentNullException.ThrowIfNull(translation);
        ArgumentNullException.ThrowIfNull(references);
        if (references.Count == 0) throw new ArgumentException("A translation is held against one reference at least.", nameof(references));
        _length += translation.Count;
        _referenceLength += references.Select(reference => reference.Count).OrderBy(length => Math.Abs(length - translation.Count)).ThenBy(length => length).First();
        for (int n = 1; n <= _matched.Length; n++)
        {
            Dictionary<string, int>[] allowed = [.. references.Select(reference => Runs(reference, n))];
            foreach ((string run, int count) in Runs(translation, n))
            {
                _said[n - 1] += count;
                _matched[n - 1] += Math.Min(count, allowed.Max(runs => runs.GetValueOrDefault(run)));
            }
        }
    }

    private static Dictionary<string, int> Runs(IReadOnlyList<string> words, int n)
    {
        Dictionary<string, int> runs = new(StringComparer.Ordinal);
        for (int i = 0; i + n <= words.Count; i++)
        {
            // No word holds a blank.
            string run = string.Join(' ', words.Skip(i).Take(n));
            runs[run] = runs.GetValueOrDefault(run) + 1;
        }

        return runs;
    }
}
