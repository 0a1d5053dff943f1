using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;

namespace Dlm.Operators.Tests;

/// <summary>A call of an operator with every size known.</summary>
/// <param name="Row">The operator.</param>
/// <param name="Tensors">What flows into each port, null where it has none; for any number of tensors each of them.</param>
/// <param name="Given">The arguments that are given, by name, and the numbers that stand in the place of tensors.</param>
internal sealed record Draw(Operator Row, IReadOnlyList<TensorType?> Tensors, IReadOnlyList<(string Name, StaticValue Value)> Given)
{
    /// <summary>Sizes with names of their own, where the operator takes such.</summary>
    public IReadOnlyList<(string Name, long Size)> Named { get; init; } = [];

    /// <summary>The tensors that flow in.</summary>
    public IEnumerable<TensorType> Inputs => Tensors.OfType<TensorType>();

    /// <summary>The call as a file has it, with the shapes of what flows in.</summary>
    public override string ToString()
    {
        var arguments = Given.Select(g => $"{g.Name}: {g.Value}").Concat(Named.Select(n => $"{n.Name}: {n.Size}"));
        return $"{string.Join(", ", Tensors.Select(t => t?.ToString() ?? "_"))} -> {Row.Name}({string.Join(", ", arguments)})";
    }

    /// <summary>Every argument that has a value, by name, defaults filled in.</summary>
    public Dictionary<string, StaticValue> Arguments()
    {
        var all = Row.Arguments.Where(a => a.Default is not null).ToDictionary(a => a.Name, a => a.Default!, StringComparer.Ordinal);
        foreach (var (name, value) in Given) all[name] = value;
        return all;
    }
}
