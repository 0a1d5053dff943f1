using System.Text;
using System.Text.RegularExpressions;
using Dlm.Runtime.Data;
using static TorchSharp.torch;

namespace Dlm.Samples.Language;

/// <summary>
/// A text without its marks, cut into windows: each word is to say which mark stood behind it. A batch holds "input", int64 [B, T], the words, and "target",
/// int64 [B, T], the marks.
/// </summary>
internal sealed partial class Punctuation : IDataset
{
    private const int LineLength = 88;

    private readonly int[] _words, _marks;
    private readonly int _length;

    /// <param name="words">The numbers of the words.</param>
    /// <param name="marks">The mark behind each.</param>
    /// <param name="length">How many words a window has; what is left over at the end is left out.</param>
    public Punctuation(int[] words, int[] marks, int length) => (_words, _marks, _length) = (words, marks, length);

    /// <summary>What may stand behind a word.</summary>
    public static IReadOnlyList<string> Marks { get; } = ["", ",", ".", ";", ":", "?", "!"];

    public long Count => _words.Length / _length;

    public string SampleNoun => "windows";

    /// <summary>The words of a text, small, with the mark behind each. The names of those who speak, a line of their own, are no part of it.</summary>
    public static (string[] Words, int[] Marks) Split(string text)
    {
        var found = WordAndMark().Matches(Speakers().Replace(text, ""));
        return ([.. found.Select(match => match.Groups[1].Value.ToLowerInvariant())], [.. found.Select(match => Marks.ToList().IndexOf(match.Groups[2].Value))]);
    }

    /// <summary>Puts marks behind words, makes capitals where sentences begin, and breaks lines.</summary>
    public static string Join(IEnumerable<string> words, IEnumerable<int> marks)
    {
        StringBuilder text = new();
        bool begins = true;
        int line = 0;
        foreach (var (word, mark) in words.Zip(marks))
        {
            string said = (begins || word is "i" || word.StartsWith("i'", StringComparison.Ordinal) ? char.ToUpperInvariant(word[0]) : word[0]) + word[1..] + Marks[mark];
            bool breaks = line + said.Length >= LineLength;
            text.Append(breaks ? "\n" : line > 0 ? " " : "").Append(said);
            line = (breaks ? 0 : line + 1) + said.Length;
            begins = Marks[mark] is "." or "?" or "!";
        }

        return text.ToString();
    }

    public Batch Read(ReadOnlySpan<long> indices)
    {
        long[] words = Gather(_words, indices), marks = Gather(_marks, indices);
        return new Batch(indices, (Batch.InputName, tensor(words).reshape(-1, _length)), (Batch.TargetName, tensor(marks).reshape(-1, _length)));
    }

    private long[] Gather(int[] numbers, ReadOnlySpan<long> indices) =>
        [.. indices.ToArray().SelectMany(index => numbers.AsSpan((int)index * _length, _length).ToArray()).Select(number => (long)number)];

    [GeneratedRegex(@"(?<=\A|\n\n)[^\n]+:\n", RegexOptions.CultureInvariant)]
    private static partial Regex Speakers();

    // Letters with apostrophes and hyphens; the first mark behind them, if there is one before the next word.
    [GeneratedRegex(@"(\p{L}+(?:['-]\p{L}+)*)'?(?:\s*([,.;:?!]))?", RegexOptions.CultureInvariant)]
    private static partial Regex WordAndMark();
}
