using System.Text;

namespace Dlm.Runtime.Data.Text;

/// <summary>A number for each character: each code point, so that nothing is cut in halves.</summary>
/// <param name="vocabulary">The characters.</param>
public sealed class CharacterTokenizer(Vocabulary vocabulary) : ITokenizer
{
    /// <inheritdoc/>
    public Vocabulary Vocabulary => vocabulary;

    /// <summary>Takes all characters of some texts, in the order of their code points.</summary>
    public static CharacterTokenizer Train(params IEnumerable<string> texts)
    {
        HashSet<Rune> found = [.. texts.SelectMany(text => text.EnumerateRunes())];
        return new CharacterTokenizer(new Vocabulary(Reserved.All.Concat(found.Order().Select(rune => rune.ToString()))));
    }

    /// <inheritdoc/>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.EnumerateRunes().Select(rune => vocabulary.NumberOrUnknown(rune.ToString()))];
    }

    /// <inheritdoc/>
    public string Decode(IEnumerable<int> numbers) => string.Concat(vocabulary.Pieces(numbers));
}
