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

    /// <summary>How many tensors it takes at least.</summary>
    public int FewestInputs { get; internal init; } = 1;

    /// <summary>How many tensors it takes at most.</summary>
    public int MostInputs { get; internal init; } = 1;

    /// <summary>Its arguments, in order; those with a default can be left out.</summary>
    public IReadOnlyList<OperatorArgument> Arguments { get; internal init; } = [];

    /// <summary>
    /// The shape and element type of the output; the input's where a row does not say. Reports what is wrong and then gives null.
    /// </summary>
    internal Func<OperatorCall, TensorType?> Type { get; init; } = call => call.Input;

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

    /// <summary>Whether the output may share its storage with the input.</summary>
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
}

/// <summary>An argument of an operator.</summary>
/// <param name="Name">The name, for <c>name: value</c>.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Default">The value it has when left out; null where it must be given.</param>
/// <param name="Minimum">The least value of a whole number.</param>
/// <param name="Words">The texts it takes, for a text.</param>
public sealed record OperatorArgument(string Name, ArgumentKind Kind, StaticValue? Default = null, long Minimum = long.MinValue, string[]? Words = null)
{
    /// <summary>Whether it can be left out.</summary>
    public bool IsOptional { get; init; } = Default is not null;
}

/// <summary>What an argument takes.</summary>
public enum ArgumentKind
{
    /// <summary>A whole number.</summary>
    Int,

    /// <summary>A whole number, or two for height and width.</summary>
    IntOrPair,

    /// <summary>A number.</summary>
    Float,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>One of some words.</summary>
    Word,
}

/// <summary>A parameter or buffer of a layer.</summary>
/// <param name="Name">The last part of its key.</param>
/// <param name="Dims">Its shape.</param>
/// <param name="IsBuffer">Whether it is kept but not trained.</param>
public sealed record Weight(string Name, Dim[] Dims, bool IsBuffer = false)
{
    /// <summary>How many numbers it holds.</summary>
    public Dim Count => Dims.Aggregate(Dim.One, (product, dim) => product * dim);
}

/// <summary>How an operator is written in C#.</summary>
/// <param name="Kind">A layer that is made once, a function or a method.</param>
/// <param name="Name">Its name in TorchSharp.</param>
/// <param name="Arguments">The arguments by position, without the tensor.</param>
public sealed record CSharpForm(CSharpFormKind Kind, string Name, params CSharpArgument[] Arguments);

/// <summary>Where TorchSharp has an operator.</summary>
public enum CSharpFormKind
{
    /// <summary>A factory in <c>torch.nn</c>; the module is called with the tensor.</summary>
    Layer,

    /// <summary>A function in <c>torch.nn.functional</c>; the tensor comes first.</summary>
    Function,

    /// <summary>A method of the tensor.</summary>
    Method,

    /// <summary>A sign between two sides; the argument, where there is one, is the right side.</summary>
    Infix,

    /// <summary>A sign between two sides of which the left is the argument.</summary>
    InfixReversed,

    /// <summary>A function in <c>torch</c> that takes the tensors as an array.</summary>
    ArrayFunction,
}

/// <summary>An argument in C#.</summary>
/// <param name="Value">The value, or null where <paramref name="Code"/> says it.</param>
/// <param name="Code">C# as it is to be written.</param>
/// <param name="Default">TorchSharp's default: at the end of a call such an argument is left out.</param>
public sealed record CSharpArgument(StaticValue? Value, string? Code = null, object? Default = null)
{
    /// <summary>The element type of the array that the value's items are given as; null where they are no array.</summary>
    public string? ArrayOf { get; init; }

    /// <summary>Whether leaving it out means the same.</summary>
    public bool IsDefault => Default is not null && Default.Equals(Code is not null ? Code : Value switch
    {
        IntValue { Dim.Value: { } whole } => whole,
        FloatValue number => number.Value,
        BoolValue flag => flag.Value,
        _ => null,
    });
}
