using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>A parameter of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it takes.</param>
/// <param name="Default">The value it has when left out; null where it must be given.</param>
/// <param name="Span">Its place.</param>
public sealed record ModelParameter(string Name, ParameterType Type, StaticValue? Default, TextSpan Span);

/// <summary>
/// A declared model, checked: its graph with every parameter open, from which C# is written, and its graph with the default
/// arguments, which is counted.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Documentation">The lines of its doc comment.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Span">The declaration's name.</param>
/// <param name="InputName">What its input is called.</param>
/// <param name="Output">What the signature promises, over open parameters.</param>
/// <param name="Open">The graph over open parameters.</param>
/// <param name="AtDefaults">The graph with the default arguments.</param>
/// <param name="Checks">What the constructor has to check.</param>
public sealed record ElaboratedModel(
    string Name,
    IReadOnlyList<string> Documentation,
    IReadOnlyList<ModelParameter> Parameters,
    TextSpan Span,
    string InputName,
    TensorType Output,
    Region Open,
    Region AtDefaults,
    IReadOnlyList<ConstructorCheck> Checks)
{
    private Dim? parameterCount, macs;

    /// <summary>How many parameters it trains, with the default arguments.</summary>
    public Dim ParameterCount => parameterCount ??=
        Sum(AtDefaults.Operators().SelectMany(o => o.Node.Weights).Where(w => !w.IsBuffer).Select(w => w.Count));

    /// <summary>
    /// Multiply-accumulates of its convolutions and matrix products with the default arguments, for one sample: the first
    /// dimension of the input is 1 where it is open.
    /// </summary>
    public Dim Macs => macs ??= Sum(AtDefaults.Operators().Select(o => o.Node.Macs)).Substitute(OneSample);

    /// <summary>Every key of the checkpoint with its shape, in PyTorch's order, with the default arguments.</summary>
    public IEnumerable<(string Key, Weight Weight)> State =>
        from op in AtDefaults.Operators()
        from weight in op.Node.Weights
        select (op.Key.Length == 0 ? weight.Name : $"{op.Key}.{weight.Name}", weight);

    private Dim? OneSample(DimSymbol symbol) =>
        AtDefaults.Input.Type.Rank > 0 && AtDefaults.Input.Type[0].AsSymbol?.Name == symbol.Name ? Dim.One : null;

    private static Dim Sum(IEnumerable<Dim> items) => items.Aggregate(Dim.Zero, (sum, item) => sum + item);
}
