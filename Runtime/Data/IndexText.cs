using System.Globalization;

namespace Dlm.Runtime.Data;

/// <summary>Writes the indices of samples for a message.</summary>
internal static class IndexText
{
    private const int Shown = 12;

    /// <summary>"3, 99, 12 and 61 more".</summary>
    public static string Of(ReadOnlySpan<long> indices)
    {
        List<string> shown = [];
        foreach (long index in indices[..Math.Min(indices.Length, Shown)]) shown.Add(index.ToString(CultureInfo.InvariantCulture));
        string text = string.Join(", ", shown);
        return indices.Length > Shown ? $"{text} and {indices.Length - Shown} more" : text;
    }
}
