using Dlm.Dsl.Analysis;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;
using static TorchSharp.torch;

namespace Dlm.Testing.Graphs;

/// <summary>A model of which the compiler's graph is known: it says what flows in, how large indices may be, and whether the model looks back alone.</summary>
public static class GraphSubject
{
    // Hidden here and there, but the first place never: a row that sees nothing has no value.
    private const double Shown = 0.7;

    /// <summary>The subject.</summary>
    /// <param name="model">The model with the arguments that <paramref name="make"/> makes it with.</param>
    /// <param name="sizes">Every open size of its inputs.</param>
    /// <param name="make">Makes it.</param>
    public static Subject Of(ElaboratedModel model, SizeTable sizes, Func<nn.Module> make)
    {
        var body = model.AtDefaults;
        Port[] ports = [.. body.Inputs.Select((input, i) => PortOf(input, i))];
        var below = body.Inputs.Select(input => input.Type.Element == ElementType.Int ? IndexRange.Of(body, input, sizes) : 0).ToArray();
        var batch = body.Inputs[0].Type is { Rank: > 0 } first ? first[0].AsSymbol?.Name : null;
        return new Subject
        {
            Name = model.Name,
            Make = make,
            Inputs = count => [.. body.Inputs.Select((input, i) => Draw(input, ports[i], below[i], Sized(sizes, batch, count)))],
            Ports = ports,
            Outputs = [.. body.Results.Select((result, i) => new Port(i < model.Class.ResultNames.Count ? model.Class.ResultNames[i] : "", [.. result.Type.Dims.Select(d => d.ToString())]))],
            IsCausal = LooksBackAlone(body) ? true : null,
            Batch = batch is not null && sizes.Values.TryGetValue(batch, out var samples) ? samples : body.Inputs[0].Type is { Rank: > 0 } type ? type[0].Value ?? 1 : 1,
        };
    }

    /// <summary>Every size that the inputs leave open.</summary>
    public static IReadOnlyList<string> OpenSizes(ElaboratedModel model) =>
        [.. model.AtDefaults.Inputs.SelectMany(i => i.Type.Dims).SelectMany(d => d.Symbols).Where(s => s.Kind == DimSymbolKind.Input).Select(s => s.Name).Distinct()];

    private static SizeTable Sized(SizeTable sizes, string? batch, long count) =>
        batch is null ? sizes : new SizeTable(new Dictionary<string, long>(sizes.Values, StringComparer.Ordinal) { [batch] = count });

    private static Port PortOf(GraphValue input, int index) => new(input.Name ?? (index == 0 ? "input" : $"input{index + 1}"), [.. input.Type.Dims.Select(d => d.ToString())])
    {
        IsOptional = input.IsOptional,
        IsMask = input.Type.Element == ElementType.Bool && (input.Name ?? "").Contains("mask", StringComparison.OrdinalIgnoreCase),
    };

    private static Tensor Draw(GraphValue input, Port port, long below, SizeTable sizes)
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

    // All of its attention looks back, and nothing else mixes times that this could tell.
    private static bool LooksBackAlone(Region body)
    {
        var attentions = body.Operators().Select(o => o.Node).Where(n => n.Operator.Name == "attention").ToArray();
        return attentions.Length > 0 && attentions.All(a => a.Argument("causal") is BoolValue { Value: true });
    }
}
