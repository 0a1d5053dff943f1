using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Operators;

/// <summary>
/// A row of the operator table: everything the compiler knows of one operator. The rules are functions of a call, so that
/// the same row serves checking, counting and emission.
/// </summary>
public sealed class Operator
{
    internal Operator(string name, OperatorGroup group, string summary)
    {
        Name = name;
        Group = group;
        Summary = summary;
        CSharp = _ => Row.Function(name);
    }

    /// <summary>The name in the language.</summary>
    public string Name { get; }

    /// <summary>The chapter it belongs to.</summary>
    public OperatorGroup Group { get; }

    /// <summary>What it computes, in a sentence.</summary>
    public string Summary { get; }

    /// <summary>The tensors it takes, in order; one, where a row does not say.</summary>
    public IReadOnlyList<OperatorPort> Ports { get; internal init; } = [new("input")];

    /// <summary>Whether any number of tensors can stand in the place of its only port.</summary>
    public bool IsVariadic { get; internal init; }

    /// <summary>
    /// Whether it makes a tensor of nothing. Its only port, <c>like</c>, is then filled by the compiler with a tensor at hand, whose
    /// device and precision the new one gets; where there is none, as in the first value of a buffer, it stays empty.
    /// </summary>
    public bool IsCreator { get; internal init; }

    /// <summary>Whether it takes further sizes by names of their own, as <c>rearrange("b (h k) -> b h k", h: heads)</c>.</summary>
    public bool TakesNamedSizes { get; internal init; }

    /// <summary>How many tensors it takes at least.</summary>
    public int FewestInputs => IsVariadic ? 1 : Ports.Count(p => !p.IsOptional);

    /// <summary>How many tensors it takes at most.</summary>
    public int MostInputs => IsVariadic ? int.MaxValue : IsCreator ? 0 : Ports.Count;

    /// <summary>Its arguments, in order; those with a default can be left out.</summary>
    public IReadOnlyList<OperatorArgument> Arguments { get; internal init; } = [];

    /// <summary>
    /// The shape and element type of the output; the input's where a row does not say. Reports what is wrong and then gives null.
    /// </summary>
    internal Func<OperatorCall, TensorType?> Type { get; init; } = call => call.Input;

    /// <summary>The same for an operator with several outputs.</summary>
    internal Func<OperatorCall, IReadOnlyList<TensorType>?>? Types { get; init; }

    /// <summary>What several outputs are called.</summary>
    public IReadOnlyList<string> OutputNames { get; internal init; } = [];

    /// <summary>
    /// The calls of other rows, one after the other, that it stands for; null where it is computed itself. A rule that reports an
    /// error gives null.
    /// </summary>
    internal Func<OperatorCall, IReadOnlyList<OperatorStep>?>? Steps { get; init; }

    /// <summary>The parameters and buffers it owns, in PyTorch's order.</summary>
    internal Func<OperatorCall, IReadOnlyList<Weight>> Weights { get; init; } = _ => [];

    /// <summary>Multiply-accumulates for the whole output, counted for convolutions and matrix products alone.</summary>
    internal Func<OperatorCall, TensorType, Dim> Macs { get; init; } = (_, _) => Dim.Zero;

    /// <summary>The C# that makes the layer or calls the function; the function of the same name where a row does not say.</summary>
    internal Func<OperatorCall, CSharpForm> CSharp { get; init; }

    /// <summary>The method that computes it in place, where there is one whose gradient needs only its output.</summary>
    internal string? InPlaceMethod { get; init; }

    /// <summary>Whether the gradient needs the output, so that nothing may overwrite it.</summary>
    internal bool SavesOutput { get; init; }

    /// <summary>Whether no gradient of the output reaches an input, though both are floats.</summary>
    internal bool StopsGradient { get; init; }

    /// <summary>Whether an output may share its storage with an input.</summary>
    internal bool IsView { get; init; }
}

/// <summary>A chapter of the operator table.</summary>
public enum OperatorGroup
{
    /// <summary>Convolutions.</summary>
    Convolution,

    /// <summary>Matrix products.</summary>
    Linear,

    /// <summary>Pooling.</summary>
    Pooling,

    /// <summary>Normalisation.</summary>
    Normalization,

    /// <summary>Activations.</summary>
    Activation,

    /// <summary>Dropout.</summary>
    Dropout,

    /// <summary>Changes of shape.</summary>
    Shape,

    /// <summary>Arithmetic on tensors.</summary>
    Arithmetic,

    /// <summary>Comparisons, logic, and choices by them.</summary>
    Comparison,

    /// <summary>Places that a tensor holds, and sorting.</summary>
    Indexing,

    /// <summary>Attention.</summary>
    Attention,

    /// <summary>Recurrent layers and cells.</summary>
    Recurrent,

    /// <summary>Losses.</summary>
    Loss,

    /// <summary>Tensors made of nothing.</summary>
    Creation,

    /// <summary>Random tensors.</summary>
    Sampling,

    /// <summary>One value of many.</summary>
    Reduction,
}
