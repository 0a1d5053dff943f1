using System.Globalization;
using System.Text;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Files;

namespace Dlm.Runtime.Embeddings;

public sealed partial class WordVectors
{
    /// <summary>Writes word2vec's text format, which gensim and others read: a line with the number of words and the width, then a line for each word.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">The file cannot be written, or a word holds a blank, where the format has words end.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (_words.FirstOrDefault(word => word.Length == 0 || word.Any(char.IsWhiteSpace)) is { } unfit)
        {
            throw new DataFileException(path, $"the format ends a word at a blank, and there is a word '{unfit}'", "Leave such words out of the vocabulary.");
        }

        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{_words.Length} {Width}\n");
        for (int i = 0; i < _words.Length; i++)
        {
            text.Append(_words[i]);
            foreach (float value in Row(i)) text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture));
            text.Append('\n');
        }

        AtomicFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes(text.ToString())), (problem, remedy, inner) => new DataFileException(path, problem, remedy, inner));
    }

    /// <summary>Reads word2vec's text format, gzip or not.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">The file is missing or damaged, or of another format.</exception>
    public static WordVectors Load(string path)
    {
        string[] lines = TextFile.ReadLines(path);
        if (lines.Length == 0 || lines[0].Split(' ') is not [var first, var second] || !TryCount(first, out int count) || !TryCount(second, out int width))
        {
            throw new DataFileException(path, "its first line does not say how many words there are and how long their vectors", "Take a file of word2vec's text format.");
        }

        if (lines.Length - 1 != count) throw new DataFileException(path, $"it has {lines.Length - 1} words, and its first line says {count}", "Download it again.");
        (string[] words, float[] vectors) = (new string[count], new float[(long)count * width]);
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            string[] parts = lines[i + 1].TrimEnd(' ').Split(' ');
            if (parts.Length != width + 1) throw new DataFileException(path, $"line {i + 2} has a word and {parts.Length - 1} numbers, not {width}", "Download it again.");
            words[i] = parts[0];
            if (!seen.Add(words[i])) throw new DataFileException(path, $"line {i + 2} has '{words[i]}' a second time", "Take one of the two lines away.");
            for (int j = 0; j < width; j++)
            {
                if (!float.TryParse(parts[j + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out vectors[i * width + j]))
                {
                    throw new DataFileException(path, $"line {i + 2} has '{parts[j + 1]}' where a number belongs", "Download it again.");
                }
            }
        }

        return new WordVectors(words, vectors);
    }

    private static bool TryCount(string text, out int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0;
}
