using Dlm.Runtime.Data;

namespace Dlm.Samples.Language;

/// <summary>Sentences cut in two: where a text has no sentences in a row, its halves follow one another.</summary>
internal static class Halves
{
    /// <summary>
    /// The halves of each text that has two words at least, <paramref name="times"/> over. It is cut anywhere, each time elsewhere, and its full stop is left
    /// out: else lengths, stops and good memory would say which halves belong together, and nothing of what they mean would be learned.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IEnumerable<string> texts, int times, ulong seed)
    {
        RandomStream chance = new(seed);
        string[][] sentences = [.. texts.Select(text => text.TrimEnd(' ', '.').Split(' ')).Where(words => words.Length > 1)];
        return [.. Enumerable.Repeat(sentences, times).SelectMany(words => words).Select(words => Cut(words, 1 + (int)chance.NextInt64(words.Length - 1)))];
    }

    private static string[] Cut(string[] words, int at) => [string.Join(' ', words[..at]), string.Join(' ', words[at..])];
}
