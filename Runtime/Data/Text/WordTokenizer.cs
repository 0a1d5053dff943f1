using System.Text.RegularExpressions;

namespace Dlm.Runtime.Data.Text;

/// <summary>A number for each word and each sign of punctuation.</summary>
/// <param name="vocabulary">The words.</param>
/// <param name="lowerCase">Whether capitals are made small.</param>
/// <param name="numbers">Whether digits become <see cref="Reserved.Number"/>.</param>
public sealed partial class WordTokenizer(Vocabulary vocabulary, bool lowerCase = true, bool numbers = false) : ITokenizer
{
    /// <inheritdoc/>
    public Vocabulary Vocabulary => vocabulary;

    /// <summary>Takes the words that come up most often in some texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="size">How many entries at most, reserved ones included.</param>
    /// <param name="least">How often a word must come up.</param>
    /// <param name="lowerCase">Whether capitals are made small.</param>
    /// <param name="numbers">Whether digits become <see cref="Reserved.Number"/>.</param>
    public static WordTokenizer Train(IEnumerable<string> texts, int size = int.MaxValue, int least = 1, bool lowerCase = true, bool numbers = false) =>
        new(Vocabulary.Build(texts.SelectMany(text => Split(text, lowerCase, numbers)), size, least), lowerCase, numbers);

    /// <inheritdoc/>
    public int[] Encode(string text) => [.. Split(text, lowerCase, numbers).Select(vocabulary.NumberOrUnknown)];

    /// <summary>The words with blanks between them; which blanks there were is not known any more.</summary>
    public string Decode(IEnumerable<int> numbers) => string.Join(' ', vocabulary.Pieces(numbers));

    private static IEnumerable<string> Split(string text, bool lowerCase, bool numbers) =>
        from match in Words().Matches(lowerCase ? text.ToLowerInvariant() : text)
        select numbers && char.IsAsciiDigit(match.Value[0]) && Numbers().IsMatch(match.Value) ? Reserved.Number : match.Value;

    // A number with its separators; a word, which may hold apostrophes and hyphens; any other sign.
    [GeneratedRegex(@"\d+(?:[.,]\d+)*(?![\p{L}\p{M}_])|[\p{L}\p{M}\p{N}_]+(?:['’-][\p{L}\p{M}\p{N}_]+)*|[^\s\p{L}\p{M}\p{N}_]", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(@"^\d+(?:[.,]\d+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
