namespace Dlm.Runtime.Keys;

/// <summary>Finds what somebody may have meant.</summary>
internal static class NearMiss
{
    /// <summary>" Did you mean 'conv1.weight'?" with the nearest of <paramref name="known"/>, or nothing where none is near.</summary>
    public static string DidYouMean(string typed, IEnumerable<string> known) => Find(typed, known) is { } near ? $" Did you mean '{near}'?" : "";

    /// <summary>The nearest of <paramref name="known"/>, at most a third of the letters away; null where none is.</summary>
    public static string? Find(string typed, IEnumerable<string> known)
    {
        int least = Math.Max(1, typed.Length / 3) + 1;
        string? nearest = null;
        foreach (string candidate in known)
        {
            if (Math.Abs(candidate.Length - typed.Length) >= least) continue;
            int distance = Distance(typed, candidate);
            if (distance < least) (least, nearest) = (distance, candidate);
        }

        return nearest;
    }

    /// <summary>How many letters must be put in, taken out or changed to make one of the other (Levenshtein, 1965).</summary>
    public static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        int[] row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++) row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
