using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Analysis;

/// <summary>What the open sizes of a model's inputs are, for figures that need numbers.</summary>
/// <param name="values">Each size that is known, by its name.</param>
public sealed class SizeTable(IReadOnlyDictionary<string, long> values)
{
    // As papers on images state their figures.
    private const long ImageSide = 224;

    /// <summary>A batch of <paramref name="batch"/> samples, images where nothing else is known of 224 by 224.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">How many samples.</param>
    /// <param name="given">Sizes that are known.</param>
    public static SizeTable For(ElaboratedModel model, long batch, IReadOnlyDictionary<string, long> given)
    {
        var values = given.ToDictionary(g => g.Key, g => g.Value, StringComparer.Ordinal);
        var inputs = model.AtDefaults.Inputs;
        // The batch is what the first input begins with; another, such as a mask, may begin with something else.
        if (inputs.Count > 0 && inputs[0].Type is { Rank: > 0 } type && type[0].AsSymbol is { } first && !values.ContainsKey(first.Name)) values[first.Name] = batch;
        foreach (var side in inputs.Where(i => i.Type.Rank == 4).SelectMany(i => i.Type.Dims.Skip(2)).Select(d => d.AsSymbol).Where(s => s is { Name: "H" or "W" }))
        {
            if (!values.ContainsKey(side!.Name)) values[side.Name] = ImageSide;
        }
        return new SizeTable(values);
    }

    /// <summary>Each size that is known, by its name.</summary>
    public IReadOnlyDictionary<string, long> Values { get; } = values;

    /// <summary>A size with what is known put in.</summary>
    public Dim Of(Dim size) => size.Substitute(symbol => Values.TryGetValue(symbol.Name, out var value) ? value : null);

    /// <summary>A type with what is known put in.</summary>
    public TensorType Of(TensorType type) => type.Substitute(symbol => Values.TryGetValue(symbol.Name, out var value) ? value : null);

    /// <summary>A size as a number; null where something is open, or where it does not fit.</summary>
    public long? Count(Dim size)
    {
        try
        {
            return Of(size).Value;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>How many bytes a tensor has, its floats as float32.</summary>
    public long? BytesOf(TensorType type) => type.Dims.Aggregate((long?)WidthOf(type.Element), (bytes, dim) => bytes * Count(dim));

    /// <summary>How many bytes an element has.</summary>
    public static long WidthOf(ElementType element) => element switch
    {
        ElementType.Bool => 1,
        ElementType.Float => 4,
        _ => 8,
    };
}
