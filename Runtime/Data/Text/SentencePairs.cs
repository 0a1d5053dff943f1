namespace Dlm.Runtime.Data.Text;

/// <summary>Sentences of one language with their translations into another.</summary>
public static class SentencePairs
{
    /// <summary>Reads two files, line by line the same sentences.</summary>
    /// <param name="source">The sentences; gzip or not.</param>
    /// <param name="target">Their translations.</param>
    /// <exception cref="DataFileException">A file is missing or damaged, or they have not equally many lines.</exception>
    public static (string Source, string Target)[] Load(string source, string target)
    {
        string[] first = TextFile.ReadLines(source), second = TextFile.ReadLines(target);
        if (first.Length != second.Length)
        {
            throw new DataFileException(target, $"it has {second.Length} lines, and {Path.GetFileName(source)} has {first.Length}", "Line by line the two must hold the same sentences.");
        }

        return [.. first.Zip(second)];
    }

    /// <summary>Reads one file with sentence and translation in a line, a tab between them.</summary>
    /// <param name="path">The file; gzip or not.</param>
    /// <param name="sourceColumn">Which column holds the sentences, counted from 0.</param>
    /// <param name="targetColumn">Which holds their translations.</param>
    /// <exception cref="DataFileException">The file is missing or damaged, or a line has not these columns.</exception>
    public static (string Source, string Target)[] LoadTabSeparated(string path, int sourceColumn = 0, int targetColumn = 1)
    {
        string[] lines = TextFile.ReadLines(path);
        var pairs = new (string, string)[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            string[] columns = lines[i].Split('\t');
            if (columns.Length <= Math.Max(sourceColumn, targetColumn))
            {
                throw new DataFileException(path, $"line {i + 1} has {columns.Length} columns, and columns {sourceColumn} and {targetColumn}, counted from 0, are wanted", "Columns are separated by tabs.");
            }

            pairs[i] = (columns[sourceColumn], columns[targetColumn]);
        }

        return pairs;
    }
}
