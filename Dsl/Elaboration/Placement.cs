using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Elaboration;

/// <summary>Where a part of a model is: <c>on cuda(1)</c>.</summary>
/// <param name="Device">The kind of device: cpu, cuda or mps.</param>
/// <param name="Index">Which one of its kind.</param>
public sealed record Placement(string Device, StaticValue Index)
{
    /// <summary>The kinds that there are.</summary>
    public static IReadOnlyList<string> Devices { get; } = ["cpu", "cuda", "mps"];
}
