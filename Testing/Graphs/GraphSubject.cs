using Dlm.Dsl.Analysis;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;
using static TorchSharp.torch;

namespace Dlm.Testing.Graphs;

/// <summary>A model of which the compiler's graph is known: it says what flows in, how large indices may be, and whether the model looks back alone.</summary>
public static class GraphSubject
{
    /// <summary>The subject.</summary>
    /// <param name="model">The model with the arguments that <paramref name="make"/> makes it with.</param>
    /// <param name="sizes">Every open size of its inputs.</param>
    /// <param name="make">Makes it.</param>
    public static Subject Of(ElaboratedModel model, SizeTable sizes, Func<nn.Module> make)
    {
        var body = model.AtDefaults;
        Port[] ports = [.. body.Inputs.Select((input, i) => GraphInputs.PortOf(input, i))];
        var below = body.Inputs.Select(input => IndexRange.Of(body, input, sizes)).ToArray();
        var batch = body.Inputs[0].Type is { Rank: > 0 } first ? first[0].AsSymbol?.Name : null;
        return new Subject
        {
            Name = model.Name,
            Make = make,
            Inputs = count => [.. body.Inputs.Select((input, i) => IsLeftOut(input) ? null : GraphInputs.Draw(input, ports[i], below[i], Sized(sizes, batch, count)))],
            Ports = ports,
            Outputs = [.. body.Results.Select((result, i) => new Port(i < model.Class.ResultNames.Count ? model.Class.ResultNames[i] : "", [.. result.Type.Dims.Select(d => d.ToString())]))],
            IsCausal = LooksBackAlone(body) ? true : null,
            Batch = batch is not null && sizes.Values.TryGetValue(batch, out var samples) ? samples : body.Inputs[0].Type is { Rank: > 0 } type ? type[0].Value ?? 1 : 1,
        };
    }

    /// <summary>Every size that the inputs leave open.</summary>
    public static IReadOnlyList<string> OpenSizes(ElaboratedModel model) =>
        GraphInputs.OpenSizes(model.AtDefaults);

    /// <summary>Whether checks do without an input: what is optional and of floats stands for what the model draws itself or remembers, as noise or a cache, which no gradient passes.</summary>
    public static bool IsLeftOut(GraphValue input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input is { IsOptional: true, Type.Element: ElementType.Float };
    }

    private static SizeTable Sized(SizeTable sizes, string? batch, long count) =>
        batch is null ? sizes : new SizeTable(new Dictionary<string, long>(sizes.Values, StringComparer.Ordinal) { [batch] = count });

    // All of its attention looks back, and nothing else mixes times that this could tell.
    private static bool LooksBackAlone(Region body)
    {
        var attentions = body.Operators().Select(o => o.Node).Where(n => n.Operator.Name == "attention").ToArray();
        return attentions.Length > 0 && attentions.All(a => a.Argument("causal") is BoolValue { Value: true });
    }
}
