namespace Dlm.Runtime.Data.Text;

/// <summary>Makes numbers of text, and text of numbers. Safe for use by several threads at once.</summary>
public interface ITokenizer
{
    /// <summary>What the numbers stand for.</summary>
    Vocabulary Vocabulary { get; }

    /// <summary>The numbers of a text's pieces; no reserved entries are put around them.</summary>
    int[] Encode(string text);

    /// <summary>The text of some numbers; reserved entries for padding, beginning and end are left out.</summary>
    string Decode(IEnumerable<int> numbers);
}
