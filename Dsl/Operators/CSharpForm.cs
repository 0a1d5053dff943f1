using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Operators;

/// <summary>How an operator is written in C#.</summary>
/// <param name="Kind">A layer that is made once, a function or a method.</param>
/// <param name="Name">Its name in TorchSharp.</param>
/// <param name="Arguments">The arguments by position, without the tensors.</param>
public sealed record CSharpForm(CSharpFormKind Kind, string Name, params CSharpArgument[] Arguments)
{
    /// <summary>
    /// The call of a layer that does not simply take its tensors in order, <c>$layer.call($input, ($h, $c))</c>: <c>$</c> and a port's name is the tensor.
    /// </summary>
    public string? Call { get; init; }

    /// <summary>A static method that the call needs, as C# declares it: that of a <see cref="CSharpFormKind.Helper"/>, or one that <see cref="Call"/> names.</summary>
    public string? Source { get; init; }

    /// <summary>The class of a <see cref="CSharpFormKind.Layer"/> that TorchSharp lacks, as C# declares it, without modifiers of access.</summary>
    public string? Class { get; init; }
}

/// <summary>Where TorchSharp has an operator.</summary>
public enum CSharpFormKind
{
    /// <summary>A factory in <c>torch.nn</c>; the module is called with the tensor.</summary>
    Layer,

    /// <summary>A function in <c>torch.nn.functional</c>; the tensor comes first.</summary>
    Function,

    /// <summary>A method of the first tensor, which takes the others first.</summary>
    Method,

    /// <summary>A sign between two sides.</summary>
    Infix,

    /// <summary>A function in <c>torch</c>; the tensors come first.</summary>
    TorchFunction,

    /// <summary>An expression: <c>$</c> and a port's name is the tensor, <c>$</c> and a number the argument at that place.</summary>
    Template,

    /// <summary>
    /// A static method that the generated file declares for itself, once. For what takes several steps: only in a method can
    /// what lies between them be disposed.
    /// </summary>
    Helper,

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
    public bool IsDefault => Default is not null && (Code is not null ? Default.Equals(Code) : Value is ListValue list ? list.Items.All(IsIt) : IsIt(Value));

    private bool IsIt(StaticValue? value) => Default!.Equals(value switch
    {
        IntValue { Dim.Value: { } whole } => whole,
        FloatValue number => number.Value,
        BoolValue flag => flag.Value,
        _ => null,
    });
}
