using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Operators;

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

    /// <summary>Whether values are refused that libtorch would take, because what comes of them is hardly what is meant.</summary>
    public bool IsStricter { get; init; }
}

/// <summary>What an argument takes.</summary>
public enum ArgumentKind
{
    /// <summary>A whole number.</summary>
    Int,

    /// <summary>A number.</summary>
    Float,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>One of some words.</summary>
    Word,

    /// <summary>Any text.</summary>
    Text,

    /// <summary>A whole number, or a list of any number of them.</summary>
    IntOrList,

    /// <summary>A number, or a list of any number of them.</summary>
    FloatOrList,

    /// <summary>All further whole numbers of the call, or a list of them.</summary>
    Sizes,
}

/// <summary>A tensor that flows into an operator.</summary>
/// <param name="Name">The name, for <c>name: tensor</c>.</param>
/// <param name="IsOptional">Whether it can be left out.</param>
/// <param name="TakesNumber">Whether a number can stand in its place; it is then the argument of this name.</param>
public sealed record OperatorPort(string Name, bool IsOptional = false, bool TakesNumber = false)
{
    /// <summary>Whether the operator writes into the tensor.</summary>
    public bool IsWritten { get; init; }
}

/// <summary>A call of a row that another row stands for.</summary>
/// <param name="Operator">The name of the row.</param>
/// <param name="Arguments">Its arguments by name; those with a default can be left out.</param>
internal sealed record OperatorStep(string Operator, params (string Name, StaticValue Value)[] Arguments);

/// <summary>A parameter or buffer of a layer.</summary>
/// <param name="Name">The last part of its key.</param>
/// <param name="Dims">Its shape.</param>
/// <param name="IsBuffer">Whether it is kept but not trained.</param>
public sealed record Weight(string Name, Dim[] Dims, bool IsBuffer = false)
{
    /// <summary>How many numbers it holds.</summary>
    public Dim Count => Dims.Aggregate(Dim.One, (product, dim) => product * dim);
}
