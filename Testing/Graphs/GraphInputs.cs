using Dlm.Dsl.Analysis;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;
using static TorchSharp.torch;

namespace Dlm.Testing.Graphs;

/// <summary>What flows into a graph.</summary>
internal static class GraphInputs
{
    // Hidden here and there, but the first place never: a row that sees nothing has no value.
    private const double Shown = 0.7;

    /// <summary>Every size that the inputs leave open.</summary>
    public static IReadOnlyList<string> OpenSizes(Region body) =>
        [.. body.Inputs.SelectMany(i => i.Type.Dims).SelectMany(d => d.Symbols).Where(s => s.Kind == DimSymbolKind.Input).Select(s => s.Name).Distinct()];

    /// <summary>What is known of an input.</summary>
    public static Port PortOf(GraphValue input, int index) => new(input.Name ?? (index == 0 ? "input" : $"input{index + 1}"), [.. input.Type.Dims.Select(d => d.ToString())])
    {
        IsOptional = input.IsOptional,
        IsMask = input.Type.Element == ElementType.Bool && (input.Name ?? "").Contains("mask", StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>Draws an input: floats from the normal distribution, indices below a number.</summary>
    public static Tensor Draw(GraphValue input, Port port, long below, SizeTable sizes)
    {
        long[] shape = [.. input.Type.Dims.Select(d => sizes.Count(d) ?? throw new InvalidOperationException($"The size {d} of '{port.Name}' is open."))];
        switch (input.Type.Element)
        {
            case ElementType.Int:
                return randint(0, below, shape, dtype: ScalarType.Int64);
            case ElementType.Bool when shape.Length > 0:
                var mask = rand(shape) < Shown;
                mask.select(-1, 0).fill_(true);
                return mask;
            case ElementType.Bool:
                return rand(shape) < Shown;
            case ElementType.Float64:
                return randn(shape, dtype: ScalarType.Float64);
            default:
                return randn(shape);
        }
    }
}
