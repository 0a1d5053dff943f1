using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Keys;

namespace Dlm.Runtime.Data.Tables;

/// <summary>The fields of a CSV file with names in its first line (RFC 4180), gzip or not.</summary>
internal sealed class CsvTable
{
    private const int LongestField = 1 << 20;

    private readonly string[] _names;
    private readonly List<(int Line, string[] Fields)> _rows = [];

    private CsvTable(string path, string[] names) => (Path, _names) = (path, names);

    public string Path { get; }

    public int Count => _rows.Count;

    public static CsvTable Read(string path, string delimiter)
    {
        using StreamReader reader = new(TextFile.ReadBytes(path));
        CsvConfiguration configuration = new(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter,
            TrimOptions = TrimOptions.Trim,
            MaxFieldSize = LongestField,
            BadDataFound = bad => throw new DataFileException(path, $"line {bad.Context.Parser?.RawRow} has a quotation mark that does not belong there", "A field with quotation marks in it is quoted, and they are doubled."),
        };
        using CsvParser parser = new(reader, configuration);
        try
        {
            if (!parser.Read()) throw new DataFileException(path, "it is empty", "Its first line must name the columns.");
            CsvTable table = new(path, parser.Record!);
            while (parser.Read())
            {
                if (parser.Record!.Length != table._names.Length)
                {
                    throw new DataFileException(path, $"line {parser.RawRow} has {parser.Record.Length} fields, where {table._names.Length} columns are named", "Mend the line; fields are separated by '" + delimiter + "'.");
                }

                table._rows.Add((parser.RawRow, parser.Record));
            }

            return table.Count > 0 ? table : throw new DataFileException(path, "it names columns and has no rows", "Give a file with data.");
        }
        catch (MaxFieldSizeException e)
        {
            throw new DataFileException(path, $"line {parser.RawRow} has a field of more than {LongestField} letters", "Most likely a quotation mark is not closed.", e);
        }
    }

    /// <summary>The fields of a column, with the lines they stand in.</summary>
    public IEnumerable<(int Line, string Text)> Column(string name)
    {
        int column = Array.IndexOf(_names, name);
        if (column < 0)
        {
            string near = NearMiss.DidYouMean(name, _names).TrimStart();
            throw new DataFileException(Path, $"it has no column '{name}'; it has {string.Join(", ", _names.Select(n => $"'{n}'"))}", near.Length > 0 ? near : "Name one of these.");
        }

        if (Array.LastIndexOf(_names, name) != column) throw new DataFileException(Path, $"two columns are called '{name}'", "Rename one of them.");
        return _rows.Select(row => (row.Line, row.Fields[column]));
    }

    /// <summary>The numbers of a column.</summary>
    /// <param name="name">The column.</param>
    /// <param name="missing">What stands for an empty field; without it, it is an error.</param>
    public double[] Numbers(string name, double? missing) => [.. Column(name).Select(field =>
    {
        if (field.Text.Length == 0 && missing is { } value) return value;
        bool isNumber = double.TryParse(field.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number);
        string found = field.Text.Length == 0 ? "is empty" : $"has '{field.Text}'";
        string remedy = field.Text.Length == 0 ? "Fill it in, or say what stands for it (CsvSchema.Missing)." : "Mend it, or make it a category (CsvSchema.Categories).";
        return isNumber ? number : throw new DataFileException(Path, $"line {field.Line} {found} in column '{name}', where a number is expected", remedy);
    })];
}
