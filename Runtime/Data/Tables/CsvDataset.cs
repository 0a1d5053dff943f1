using System.Runtime.InteropServices;
using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Keys;
using static TorchSharp.torch;

namespace Dlm.Runtime.Data.Tables;

/// <summary>The rows of a CSV file. What a batch holds is the schema's to say: see <see cref="CsvSchema"/>.</summary>
public sealed class CsvDataset : IDataset
{
    private readonly string _path;
    private readonly float[][] _numbers, _values; // by column
    private readonly long[][] _categories;
    private readonly int[]? _classes;
    private readonly double[] _means, _deviations;

    private CsvDataset(CsvTable table, CsvSchema schema, CsvDataset? training)
    {
        (_path, Schema, Count) = (table.Path, schema, table.Count);
        double[][] numbers = [.. schema.Numbers.Select(name => table.Numbers(name, schema.Missing))];
        _means = training?._means ?? [.. numbers.Select(column => schema.Standardize ? column.Average() : 0)];
        _deviations = training?._deviations ?? [.. numbers.Select((column, i) => schema.Standardize ? Deviation(column, _means[i]) : 1)];
        _numbers = [.. numbers.Select((column, i) => Array.ConvertAll(column, number => (float)((number - _means[i]) / _deviations[i])))];
        _values = [.. schema.Values.Select(name => Array.ConvertAll(table.Numbers(name, null), number => (float)number))];
        Categories = training?.Categories ?? [.. schema.Categories.Select(name => Words(table, name, Reserved.Unknown))];
        _categories = [.. schema.Categories.Select((name, i) => table.Column(name).Select(field => (long)Categories[i].NumberOrUnknown(field.Text)).ToArray())];
        Classes = schema.Classes is { } classes ? training?.Classes ?? Words(table, classes) : null;
        _classes = schema.Classes is { } column ? [.. table.Column(column).Select(field => ClassOf(field.Line, field.Text))] : null;
    }

    /// <inheritdoc/>
    public long Count { get; }

    /// <inheritdoc/>
    public string SampleNoun => "rows";

    /// <summary>Which columns become which tensors.</summary>
    public CsvSchema Schema { get; }

    /// <summary>The words of each column of categories, in ordinal order behind <see cref="Reserved.Unknown"/>: as many rows as an embedding needs.</summary>
    public IReadOnlyList<Vocabulary> Categories { get; }

    /// <summary>The classes to be told, in ordinal order; null where there are none.</summary>
    public Vocabulary? Classes { get; }

    /// <summary>Reads a file whose first line names the columns.</summary>
    /// <param name="path">The file; gzip or not.</param>
    /// <param name="schema">Which columns become which tensors.</param>
    /// <exception cref="DataFileException">The file is missing or no table, has not these columns, or a field is not what its column is.</exception>
    public static CsvDataset Load(string path, CsvSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new CsvDataset(CsvTable.Read(path, schema.Delimiter), schema, null);
    }

    /// <summary>Reads another file by this one's schema, vocabularies, means and deviations: what the model is tested with.</summary>
    /// <exception cref="DataFileException">As <see cref="Load"/>; or it has a class that this one has not.</exception>
    public CsvDataset LoadLikeThis(string path) => new(CsvTable.Read(path, Schema.Delimiter), Schema, this);

    /// <inheritdoc/>
    public string SampleName(long index) => $"{_path}, row {index + 1}";

    /// <inheritdoc/>
    public Batch Read(ReadOnlySpan<long> indices)
    {
        List<(string, Tensor)> fields = [];
        if (_numbers.Length > 0) fields.Add((Batch.InputName, Gather(_numbers, indices, ScalarType.Float32)));
        if (_categories.Length > 0) fields.Add(("categories", Gather(_categories, indices, ScalarType.Int64)));
        if (_classes is not null)
        {
            Tensor target = empty([indices.Length], dtype: ScalarType.Int64);
            Span<long> classes = MemoryMarshal.Cast<byte, long>(target.bytes);
            for (int i = 0; i < indices.Length; i++) classes[i] = _classes[indices[i]];
            fields.Add((Batch.TargetName, target));
        }

        if (_values.Length > 0) fields.Add((Batch.TargetName, Gather(_values, indices, ScalarType.Float32)));
        return new Batch(indices, [.. fields]);
    }

    private static Tensor Gather<T>(T[][] columns, ReadOnlySpan<long> indices, ScalarType type)
        where T : unmanaged
    {
        Tensor tensor = empty([indices.Length, columns.Length], dtype: type);
        Span<T> values = MemoryMarshal.Cast<byte, T>(tensor.bytes);
        for (int row = 0; row < indices.Length; row++)
        {
            for (int column = 0; column < columns.Length; column++) values[row * columns.Length + column] = columns[column][indices[row]];
        }

        return tensor;
    }

    private static Vocabulary Words(CsvTable table, string name, params string[] first) =>
        new(first.Concat(table.Column(name).Select(field => field.Text).Where(word => !first.Contains(word)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));

    // A column that is always the same stays as it is.
    private static double Deviation(double[] column, double mean) => Math.Sqrt(column.Average(number => (number - mean) * (number - mean))) is var deviation && deviation > 0 ? deviation : 1;

    private int ClassOf(int line, string name) => Classes!.TryFind(name, out int number)
        ? number
        : throw new DataFileException(
            _path,
            $"line {line} has the class '{name}', which the training table has not",
            $"{NearMiss.DidYouMean(name, Enumerable.Range(0, Classes.Count).Select(i => Classes[i]))} Mend the line, or train with that class.".TrimStart());
}
