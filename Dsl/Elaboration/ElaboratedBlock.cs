using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>A parameter of a model or block.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it takes.</param>
/// <param name="Default">The value it has when left out; null where it must be given.</param>
/// <param name="Span">Its place.</param>
public sealed record ModelParameter(string Name, ParameterType Type, StaticValue? Default, TextSpan Span)
{
    /// <summary>How many items a list has.</summary>
    public int Length { get; init; }
}

/// <summary>A block or model with its parameters and its inputs' sizes open: what its C# class is written from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsModel">Whether it is a model, which checks its input when it is called.</param>
/// <param name="Namespace">Where its class is.</param>
/// <param name="Documentation">The lines of its doc comment.</param>
/// <param name="OpenParameters">The parameters that its constructor takes.</param>
/// <param name="Sizes">The input sizes that its constructor takes, because layers are made with them.</param>
/// <param name="Body">The graph.</param>
/// <param name="ResultNames">What its results are called, where there are several.</param>
/// <param name="Checks">What the constructor has to check.</param>
public sealed record ElaboratedBlock(
    string Name,
    bool IsModel,
    string Namespace,
    IReadOnlyList<string> Documentation,
    IReadOnlyList<ModelParameter> OpenParameters,
    IReadOnlyList<string> Sizes,
    Region Body,
    IReadOnlyList<string> ResultNames,
    IReadOnlyList<Claim> Checks)
{
    /// <summary>What must hold of its inputs: a model checks it when it is called, and those that call a block see to it.</summary>
    public IReadOnlyList<Claim> InputChecks { get; init; } = [];
}
