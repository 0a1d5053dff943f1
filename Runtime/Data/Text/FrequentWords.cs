namespace Dlm.Runtime.Data.Text;

/// <summary>How often words come up, and what word2vec makes of it (Mikolov et al., 2013).</summary>
public static class FrequentWords
{
    /// <summary>How often each number comes up in a text.</summary>
    /// <param name="text">The numbers.</param>
    /// <param name="vocabulary">How many there are.</param>
    public static long[] Count(ReadOnlySpan<int> text, int vocabulary)
    {
        long[] counts = new long[vocabulary];
        foreach (int number in text) counts[number]++;
        return counts;
    }

    /// <summary>Leaves out most of the words that come up all the time: one whose share of the text is f stays with a probability of sqrt(threshold / f).</summary>
    /// <param name="text">The numbers of the text.</param>
    /// <param name="seed">The same seed leaves out the same.</param>
    /// <param name="threshold">Words with a smaller share all stay.</param>
    public static int[] Subsample(int[] text, ulong seed, double threshold = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0) return [];
        long[] counts = Count(text, text.Max() + 1);
        RandomStream random = new(seed);
        return Array.FindAll(text, number => random.NextDouble() < Math.Sqrt(threshold * text.Length / counts[number]));
    }
}
