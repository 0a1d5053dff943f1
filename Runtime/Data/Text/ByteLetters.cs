using System.Text;

namespace Dlm.Runtime.Data.Text;

/// <summary>A letter for each byte that can be printed, as GPT-2's files write them (Radford et al., 2019): printable bytes are themselves, the others follow from 256 on.</summary>
internal static class ByteLetters
{
    private static readonly string[] Letters = Make();
    private static readonly Dictionary<char, byte> Bytes = Letters.Select((letter, value) => (letter[0], (byte)value)).ToDictionary();

    /// <summary>The letters, by byte.</summary>
    public static IReadOnlyList<string> All => Letters;

    /// <summary>Adds the bytes that an entry stands for; a letter that stands for none is itself.</summary>
    public static void AddBytes(string entry, List<byte> bytes)
    {
        if (entry.All(Bytes.ContainsKey)) bytes.AddRange(entry.Select(letter => Bytes[letter]));
        else bytes.AddRange(Encoding.UTF8.GetBytes(entry));
    }

    private static string[] Make()
    {
        int next = 256;
        return [.. Enumerable.Range(0, 256).Select(value => ((char)(value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE ? value : next++)).ToString())];
    }
}
